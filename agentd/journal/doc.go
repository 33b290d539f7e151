// Package journal keeps for the user which sessions there were: who, with what
// permission, when, why it ended and how much was done. It never holds pixels,
// keys, texts or positions; [Entry] has no field for them.
//
// A session is two lines of JSON in a file of mode 0600, one at its start and
// one at its end, each on the disk when [Journal.Begin] or [Journal.End]
// returns. Without the first there is no session: the daemon lets nobody in
// whom it could not write down.
//
//	{"session":"4f1d…","agent":"Maria","began":"2026-03-02T14:05:09Z"}
//	{"session":"4f1d…","agent":"Maria","began":…,"ended":…,"code":1,"reason":…,
//	 "scopes":[{"scope":"view","from":…,"to":…}],
//	 "injected":{"pointer":210,"button":12,"wheel":0,"key":40,"text":0},"refused":0,"strokes":3}
//
// The file grows to 1 MiB and then becomes the older file, NAME.1, of which
// there is one. A line that a crash has torn stays, and the next one begins on
// a line of its own; [Read] shows it as what it is and reads on.
package journal
