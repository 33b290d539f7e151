package protocol

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mutations is how many mutated vectors both decoders decide.
const mutations = 120_000

// question is a message and how it came, for both decoders.
type question struct {
	wire   []byte
	way    Direction
	on     Channel
	in     State
	joined bool
}

// String is the line that console/testing/decide.js reads.
func (q question) String() string {
	how := map[bool]string{true: "joined", false: "whole"}[q.joined]
	return fmt.Sprintf("%s %s %s %s %s", wayNames[q.way], channelNames[q.on], q.in, how, hex.EncodeToString(q.wire))
}

func (q question) verdict() string {
	decoder := func() (Message, bool, error) { return Decode(q.wire, q.way, q.on, q.in) }
	if q.joined {
		decoder = func() (Message, bool, error) { return DecodeJoined(q.wire, q.on, q.in) }
	}
	m, drop, err := decoder()
	if failure, ok := err.(*Error); ok {
		return fmt.Sprintf("refused %d", failure.Code)
	}
	if again, err := Append(nil, m); err != nil || !bytes.Equal(again, q.wire) {
		return "rewritten 0"
	}
	return map[bool]string{true: "drop 0", false: "ok 0"}[drop]
}

// TestAgreement has mutations of the vectors decided here and by the console:
// verdict and reason are the same for every one, and what is accepted is
// written as the same bytes by both.
func TestAgreement(t *testing.T) {
	t.Parallel()
	vectors := allVectors(t)
	questions := append(newMutator(t, vectors).all(mutations), joined(t)...)
	answers := consoleSays(t, questions)
	verdicts, disagreements := map[string]int{}, 0
	for i, q := range questions {
		ours := q.verdict()
		verdicts[ours]++
		if ours != answers[i] || strings.HasPrefix(ours, "rewritten") {
			if disagreements++; disagreements <= 10 {
				t.Errorf("%.300s: Go says %s, the console %s", q, ours, answers[i])
			}
		}
	}
	refused := 0
	for _, v := range vectors {
		refused += map[string]int{"refused": 1}[v.Expect]
	}
	t.Logf("vectors: accepted=%d refused=%d conversations=%d mutations=%d disagreements=%d",
		len(vectors)-refused, refused, len(ReadConversations(t)), len(questions), disagreements)
	for _, verdict := range slices.Sorted(maps.Keys(verdicts)) {
		t.Logf("  %s: %d", verdict, verdicts[verdict])
	}
	for code := Form; code <= BadRange; code++ {
		if verdicts[fmt.Sprintf("refused %d", code)] < 500 {
			t.Errorf("fewer than 500 mutations are refused for their %s: %v", code, verdicts)
		}
	}
}

// consoleSays asks the console's decoder, one answer for each question.
func consoleSays(t *testing.T, questions []question) []string {
	t.Helper()
	node := nodePath(t)
	for _, pattern := range []string{"../console/protocol/*.js", "../console/testing/decide.js", "../console/testing/helpers.js"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files { // so that a cached result knows of them
			_, _ = os.ReadFile(file)
		}
	}
	var lines bytes.Buffer
	for _, q := range questions {
		fmt.Fprintln(&lines, q)
	}
	command := exec.Command(node, "../console/testing/decide.js")
	var complaint bytes.Buffer
	command.Stdin, command.Stderr = &lines, &complaint
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaint.String())
	}
	answers := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(answers) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(answers), len(questions))
	}
	return answers
}

func nodePath(t *testing.T) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("no node, which this test needs: scripts/setup test")
	} else if err != nil {
		t.Skip("no node: the console's decoder cannot be asked")
	}
	return node
}

// joined are messages that no vector holds, because they are as long as parts
// together may be.
func joined(t *testing.T) (list []question) {
	update := func(tiles int, jpegs ...int) []byte {
		pictures := []any{}
		for _, size := range jpegs {
			pictures = append(pictures, []any{0, 0, 1, 1, make([]byte, size)})
		}
		return join(t, KindUpdate, map[int][]byte{1: raw(t, 1), 2: raw(t, 1), 3: raw(t, true), 4: raw(t, 0), 5: raw(t, []int{}),
			6: raw(t, []int{}), 7: raw(t, min(1, tiles)), 8: raw(t, make([]byte, tiles)), 9: raw(t, pictures)})
	}
	part, _ := Append(nil, samples()[KindPart])
	for _, wire := range [][]byte{
		update(MaxUpdate), update(MaxUpdate + 1), update(0, MaxUpdate), update(0, MaxUpdate+1),
		update(MaxUpdate-2, 1, 1), update(MaxUpdate-2, 1, 2), update(0, MaxUpdate-1, 2),
		make([]byte, MaxJoined), make([]byte, MaxJoined+1), update(1, MaxUpdate-1, 1), part,
	} {
		list = append(list, question{wire, ToConsole, ChannelScreen, Live, true})
	}
	return append(list, question{part, ToConsole, ChannelEvt, Waiting, true})
}

func newRandom() *rand.Rand { return rand.New(rand.NewPCG(2026, 8949)) }
