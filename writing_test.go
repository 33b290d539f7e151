package telestrator

import (
	"bufio"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"telestrator/protocol"
)

const (
	guide    = "docs/writing-a-console.md"
	recorded = "protocol/testdata/recordings/demo"
)

var (
	wire     = regexp.MustCompile(`(?m)^(->|<-|inflated) +(?:([a-z]+) +)?((?:[0-9a-f]{2} ?)+)(\.\.\.)?$`)
	scripts  = regexp.MustCompile("(?s)\n```js\n(.*?)\n```")
	channels = []string{"ctl", "evt", "input", "move", "ink", "ping", "screen"}
)

// sample is the recording that the guide tells of.
func sample(t *testing.T) (all []protocol.Record) {
	t.Helper()
	file, err := os.ReadFile(recorded + ".rec")
	if err != nil {
		t.Fatal(err)
	}
	err = protocol.ReadRecording(bytes.NewReader(file), func(r protocol.Record) bool { all = append(all, r); return true })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestBytesOfTheGuide: the bytes in the guide are those of the recording, in
// their order on each channel.
func TestBytesOfTheGuide(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	all, from := sample(t), map[string]int{} // by direction and channel
	lines := wire.FindAllStringSubmatch(string(text), -1)
	if len(lines) < 12 {
		t.Fatalf("only %d lines of bytes are found", len(lines))
	}
	for _, line := range lines {
		want, err := hex.DecodeString(strings.ReplaceAll(line[3], " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		way, whole := line[1], line[4] == ""
		if way == "inflated" {
			if got := firstTiles(t); !bytes.HasPrefix(got, want) {
				t.Errorf("%q: the tiles begin with % x", line[0], got[:len(want)])
			}
			continue
		}
		stream := way + line[2]
		at := slices.IndexFunc(all[from[stream]:], func(r protocol.Record) bool {
			return (way == "->") == (r.Direction == protocol.ToDevice) && channels[r.Channel] == line[2] &&
				bytes.HasPrefix(r.Bytes, want) && (!whole || len(r.Bytes) == len(want))
		})
		if at < 0 {
			t.Errorf("%q is not in the recording, or not in this order", line[0])
			continue
		}
		from[stream] += at + 1
	}
}

// firstTiles is what the tiles of the first update inflate to.
func firstTiles(t *testing.T) []byte {
	t.Helper()
	for _, r := range sample(t) {
		if m, _, err := protocol.Decode(r.Bytes, r.Direction, r.Channel, protocol.Live); err == nil {
			if update, ok := m.(*protocol.Update); ok {
				tiles := make([]byte, update.Inflated)
				if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(update.Tiles)), tiles); err != nil {
					t.Fatal(err)
				}
				return tiles
			}
		}
	}
	t.Fatal("no update")
	return nil
}

// play feeds the console of the guide with a recording, in Node.js, and tells
// what it did. Node.js before 20.12 lacks a format that browsers have.
const play = `
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Duplex } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
try {
  new DecompressionStream('deflate-raw');
} catch {
  globalThis.DecompressionStream = function () { return Duplex.toWeb(createInflateRaw()); };
}
const sent = [];
let shown = 0, picture = '';
const viewer = new Viewer((label, bytes) => sent.push(label + ' ' + Buffer.from(bytes).toString('hex')), ({ pixels }) => {
  shown++;
  picture = createHash('sha256').update(pixels).digest('hex');
});
let error = '';
viewer.begin();
for await (const line of createInterface({ input: process.stdin })) {
  const [label, hex] = line.split(' ');
  try {
    await viewer.receive(label, new Uint8Array(Buffer.from(hex, 'hex')));
  } catch (failure) {
    error = failure.message;
    break;
  }
}
console.log(JSON.stringify({ sent, shown, picture, held: viewer.held, state: viewer.state, error }));
process.exit(0);
`

// played is what the console of the guide did.
type played struct {
	Sent    []string `json:"sent"`
	Shown   int      `json:"shown"`
	Picture string   `json:"picture"`
	Held    int      `json:"held"`
	State   string   `json:"state"`
	Error   string   `json:"error"`
}

func playGuide(t *testing.T, records []protocol.Record) (result played) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("Node.js is needed to run the console of the guide")
	} else if err != nil {
		t.Skip("Node.js is needed to run the console of the guide")
	}
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	var program strings.Builder
	for _, block := range scripts.FindAllStringSubmatch(string(text), -1) {
		program.WriteString(block[1] + "\n")
	}
	path := filepath.Join(t.TempDir(), "console.mjs")
	if err := os.WriteFile(path, []byte(program.String()+play), 0o600); err != nil {
		t.Fatal(err)
	}
	var in, trouble bytes.Buffer
	for _, r := range records {
		if r.Direction == protocol.ToConsole {
			fmt.Fprintf(&in, "%s %x\n", channels[r.Channel], r.Bytes)
		}
	}
	run := exec.CommandContext(t.Context(), node, path)
	run.Stdin, run.Stderr = &in, &trouble
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &trouble)
	}
	if err := json.NewDecoder(bufio.NewReader(bytes.NewReader(out))).Decode(&result); err != nil {
		t.Fatal(err)
	}
	return result
}

// TestGuideGetsThePicture: the console that the guide builds shows the pictures
// of the recording, and says what a console has to say.
func TestGuideGetsThePicture(t *testing.T) {
	t.Parallel()
	all := sample(t)
	got := playGuide(t, all)
	if got.Error != "" || got.Shown != 5 || got.Picture != picture(t) || got.Held != 1 || got.State != "ready" {
		t.Errorf("%d pictures, the last right: %v; %+v", got.Shown, got.Picture == picture(t), got)
	}
	var echoes int
	for _, r := range all { // each echo of the recording is given, byte for byte
		if m, _, err := protocol.Decode(r.Bytes, protocol.ToDevice, r.Channel, protocol.Live); err == nil && r.Direction == protocol.ToDevice {
			if ping, ok := m.(*protocol.Ping); ok && ping.Reply {
				echoes++
				if !slices.Contains(got.Sent, fmt.Sprintf("ping %x", r.Bytes)) {
					t.Errorf("ping %d is not answered", ping.Number)
				}
			}
		}
	}
	if want := 1 + 2 + echoes + got.Shown; len(got.Sent) != want {
		t.Errorf("%d messages were sent, not %d: %q", len(got.Sent), want, got.Sent)
	}
	for _, line := range got.Sent { // a device takes all of them
		label, text, _ := strings.Cut(line, " ")
		data, _ := hex.DecodeString(text)
		state := map[byte]protocol.State{1: protocol.Opening, 3: protocol.Greeted}[data[1]]
		if data[1] != 1 && data[1] != 3 {
			state = protocol.Live
		}
		if _, _, err := protocol.Decode(data, protocol.ToDevice, protocol.Channel(slices.Index(channels, label)), state); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// TestGuideRefuses: it ends at what no device may send, and at nothing before.
func TestGuideRefuses(t *testing.T) {
	t.Parallel()
	all := sample(t)
	second := 0
	for i, r := range all {
		if kind, _ := protocol.KindOf(r.Bytes); kind == protocol.KindUpdate {
			if second = i; bytes.HasPrefix(r.Bytes, []byte{0x82, 0x11, 0xa9, 1, 2}) {
				break
			}
		}
	}
	bad := func(data ...byte) []protocol.Record {
		return append(all[:second:second], protocol.Record{Channel: protocol.ChannelScreen, Direction: protocol.ToConsole, Bytes: data})
	}
	for why, records := range map[string][]protocol.Record{
		"sequence":  append(all[:second:second], all[second+1:]...),
		"form":      bad(0x82, 0x11),
		"canonical": bad(0x82, 0x18, 0x11, 0xa0),
		"keys":      bad(0x82, 0x11, 0xa1, 0x02, 0x00),
		"state":     bad(0x82, 0x11, 0xa0),
		"size":      bad(make([]byte, 65536)...),
	} {
		if got := playGuide(t, records); got.Error != why || got.Shown != 1 {
			t.Errorf("%s: %q after %d pictures", why, got.Error, got.Shown)
		}
	}
}

// picture is the hash of the picture that the recording leads to.
func picture(t *testing.T) string {
	t.Helper()
	file, err := os.Open(recorded + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	img, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	rgba := image.NewRGBA(img.Bounds())
	draw.Draw(rgba, rgba.Rect, img, image.Point{}, draw.Src)
	return fmt.Sprintf("%x", sha256.Sum256(rgba.Pix))
}
