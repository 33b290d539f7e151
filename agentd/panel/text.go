package panel

import (
	"strings"
	"unicode"
)

// unseen are the characters that nobody sees but that change what is seen:
// control, direction, joining, filling and private ones.
var unseen = []*unicode.RangeTable{
	unicode.C, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector,
	{R16: []unicode.Range16{{Lo: 0x2800, Hi: 0x2800, Stride: 1}, {Lo: 0xfffd, Hi: 0xfffd, Stride: 1}}},
}

// clean makes text by strangers safe to show, on a page and in a terminal: one
// line without unseen characters, few marks on one letter, at most limit
// characters, the last an ellipsis when it was cut.
func clean(text string, limit int) string {
	out := make([]rune, 0, limit+2)
	marks := 0
	for _, r := range text {
		if len(out) > limit+1 {
			break
		}
		switch {
		case unicode.IsSpace(r):
			r = ' '
			if len(out) == 0 || out[len(out)-1] == ' ' {
				continue
			}
		case unicode.In(r, unseen...):
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > maxMarks {
				continue
			}
		default:
			marks = 0
		}
		out = append(out, r)
	}
	return cut(strings.TrimSuffix(string(out), " "), limit)
}

// cut shortens text to limit characters, the last of them an ellipsis.
func cut(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return strings.TrimSuffix(string(runes[:limit-1]), " ") + "…"
}

// presentable returns a copy of s with every text cleaned and no list null.
func presentable(s State) State {
	s.Name = clean(s.Name, maxName)
	s.Display = clean(s.Display, maxName)
	s.Desk.URL = clean(s.Desk.URL, maxAddress)
	s.Console = clean(s.Console, maxAddress)
	s.Code = clean(s.Code, maxName)
	s.Privacy.Sentence = clean(s.Privacy.Sentence, maxSentence)
	sessions := make([]Session, len(s.Sessions))
	for i, session := range s.Sessions {
		sessions[i] = presentableSession(session)
	}
	s.Sessions = sessions
	if s.Session != nil {
		session := presentableSession(*s.Session)
		s.Session = &session
	}
	if s.Over != nil {
		s.Over = &Ending{s.Over.Code, clean(s.Over.Reason, maxSentence), clean(s.Over.Name, maxName)}
	}
	return s
}

func presentableSession(s Session) Session {
	s.Name = clean(s.Name, maxName)
	s.Reason = clean(s.Reason, maxSentence)
	s.Requested = append([]string{}, s.Requested...)
	s.Granted = append([]string{}, s.Granted...)
	return s
}
