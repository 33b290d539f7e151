package panel

import "telestrator/agentd/line"

// presentable returns a copy of s with every text cleaned and no list null.
func presentable(s State) State {
	s.Name = line.Clean(s.Name, maxName)
	s.Display = line.Clean(s.Display, maxName)
	s.Desk.URL = line.Clean(s.Desk.URL, maxAddress)
	s.Console = line.Clean(s.Console, maxAddress)
	s.Code = line.Clean(s.Code, maxName)
	s.Privacy = presentablePrivacy(s.Privacy)
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
		s.Over = &Ending{s.Over.Code, line.Clean(s.Over.Reason, maxSentence), line.Clean(s.Over.Name, maxName)}
	}
	return s
}

func presentableSession(s Session) Session {
	s.Name = line.Clean(s.Name, maxName)
	s.Reason = line.Clean(s.Reason, maxSentence)
	s.Requested = append([]string{}, s.Requested...)
	s.Granted = append([]string{}, s.Granted...)
	s.Field = line.Clean(s.Field, MaxField)
	return s
}

func presentablePrivacy(p Privacy) Privacy {
	p.Sentence = line.Clean(p.Sentence, maxSentence)
	windows := make([]Window, min(len(p.Windows), maxWindows))
	for i := range windows {
		w := p.Windows[i]
		w.Title, w.Toolkit = line.Clean(w.Title, maxName), line.Clean(w.Toolkit, maxName)
		w.Program, w.Why = line.Clean(w.Program, maxPath), line.Clean(w.Why, maxSentence)
		windows[i] = w
	}
	p.Windows = windows
	return p
}
