package protocol

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Conversation is a case of testdata/vectors/conversations: messages in the
// order in which they come, and what each does. It is exported to the tests
// that read it with package encode, which imports this one.
type Conversation struct {
	Name     string   `json:"name"`
	Meaning  string   `json:"meaning"`
	Messages []Spoken `json:"messages"`
}

// Spoken is a message of a conversation.
type Spoken struct {
	vector
	Shown json.RawMessage `json:"shown,omitempty"` // the picture after it, if one is shown
}

// Say is a message and what the reader says of it.
func Say(way Direction, on Channel, in State, wire []byte, code Code) Spoken {
	at := vector{Direction: wayNames[way], Channel: channelNames[on], State: in.String()}
	name := "not a message"
	if k, ok := KindOf(wire); ok {
		name = k.String()
	}
	expect := verdictName(code)
	if k, ok := KindOf(wire); ok && code == 0 && Judge(way, in, k) == Drop {
		expect = "drop"
	}
	return Spoken{vector: at.with(name, wire, expect, code)}
}

// Came takes a vector apart into what Decode is given.
func (s Spoken) Came(t testing.TB) (wire []byte, way Direction, on Channel, in State) {
	q := asQuestion(t, s.vector)
	return q.wire, q.way, q.on, q.in
}

// WriteConversations writes a file of them.
func WriteConversations(t *testing.T, file string, list []Conversation) {
	writeLines(t, "testdata/vectors/conversations/"+file, list)
}

// Updating says whether the vectors are to be written anew.
func Updating() bool { return *update }

// ReadConversations reads all files.
func ReadConversations(t testing.TB) (all []Conversation) {
	t.Helper()
	files, _ := filepath.Glob("testdata/vectors/conversations/*.json")
	for _, file := range files {
		var list []Conversation
		text, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(text, &list)
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, list...)
	}
	return all
}
