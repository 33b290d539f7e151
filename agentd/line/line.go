// Package line makes one safe line of text that strangers wrote, such as names
// and reasons. The panel shows such lines, the journal keeps them.
package line

import (
	"strings"
	"unicode"
)

// maxMarks is how many marks may be stacked on one letter.
const maxMarks = 2

// unseen are the characters that nobody sees but that change what is seen:
// control, direction, joining, filling and private ones.
var unseen = []*unicode.RangeTable{
	unicode.C, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector,
	{R16: []unicode.Range16{{Lo: 0x2800, Hi: 0x2800, Stride: 1}, {Lo: 0xfffd, Hi: 0xfffd, Stride: 1}}},
}

// Clean makes text by strangers safe to show, on a page and in a terminal: one
// line without unseen characters, few marks on one letter, at most limit
// characters, the last an ellipsis when it was cut.
func Clean(text string, limit int) string {
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
