// Package telestrator checks what holds for the whole house: which room may
// know which, behind which room each library stays, that every package says
// what it is, and that the texts speak of things that exist.
//
// There is no code here. The rooms are the folders beside this file.
package telestrator

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "telestrator"

// rooms says which rooms a room may import. A room is a top-level folder with
// all packages below it; inside a room packages import each other freely.
// Tests are free: they may import capturetest and whatever they test against.
var rooms = map[string][]string{
	"protocol": {},
	"x11":      {},
	"capture":  {"x11"},
	"privacy":  {},
	"peer":     {},
	"console":  {},
	"desk":     {"protocol"},
	"input":    {"protocol", "x11"},
	"ink":      {"protocol", "x11"},
	"encode":   {"protocol", "privacy"},
	"agentd":   {"protocol", "capture", "privacy", "encode", "input", "ink", "peer", "desk"},
	"bench":    {"protocol", "encode", "peer", "desk", "agentd"},
	"conform":  {}, // it knows the protocol from its text alone
	"fuzz":     {"protocol", "x11", "capture", "privacy", "encode", "input", "ink", "peer", "desk", "agentd"},
	"cmd":      {"protocol", "x11", "capture", "privacy", "encode", "input", "ink", "peer", "desk", "agentd", "console", "conform"},
}

// libraries says behind which packages a library stays, by the beginnings of
// import paths. A library that is not listed is used nowhere: adding one is a
// decision, and this is where it is written down.
var libraries = map[string][]string{
	"github.com/pion/":              {"peer", "conform"},
	"github.com/nats-io/":           {"desk"},
	"github.com/coder/websocket":    {"desk"},
	"github.com/fxamacker/cbor/":    {"protocol", "desk", "cmd/inspect"},
	"github.com/jezek/xgb":          {"capture", "privacy", "ink", "input"},
	"github.com/go-vgo/robotgo":     {"input"}, // with the tag robotgo
	"github.com/kbinani/screenshot": {"capture"},
	"github.com/godbus/dbus/":       {"privacy"},
	"github.com/klauspost/compress": {"encode"},
	"github.com/alecthomas/kong":    {"cmd"},
	"github.com/goccy/go-yaml":      {"agentd"},
	"golang.org/x/image/":           {"ink"},
	"golang.org/x/net/":             {"desk", "agentd"},
	"golang.org/x/sys/":             {"capture", "privacy", "encode", "input", "agentd", "cmd", "bench"},
	"golang.org/x/time/":            {"desk", "agentd"},
}

// systems are the platforms whose imports are read: what is allowed does not
// depend on where the test runs.
var systems = []string{"linux", "windows", "darwin"}

// listed is what `go list` says of a package.
type listed struct {
	ImportPath string
	Doc        string
	Imports    []string
	GoFiles    []string
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	for _, system := range systems {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			for _, p := range packages(t, system) {
				for _, imported := range p.Imports {
					if why := refuse(p.room(), imported); why != "" {
						t.Errorf("%s imports %s: %s", p.ImportPath, imported, why)
					}
				}
			}
		})
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t, "linux") {
		if len(p.GoFiles) > 0 && p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

func TestEveryRoomIsThere(t *testing.T) {
	t.Parallel()
	all := packages(t, "linux")
	for room := range rooms {
		if !slices.ContainsFunc(all, func(p listed) bool { return within(p.room(), room) }) {
			t.Errorf("room %s has no package", room)
		}
	}
}

// TestRulesBite makes sure that a forbidden import would be noticed.
func TestRulesBite(t *testing.T) {
	t.Parallel()
	cases := []struct {
		from, imported string
		allowed        bool
	}{
		{"encode", "telestrator/privacy", true},
		{"capture/capturetest", "telestrator/capture", true},
		{"cmd/inspect", "github.com/fxamacker/cbor/v2", true},
		{"peer", "image", true},
		{"capture", "telestrator/privacy", false},
		{"privacy", "telestrator/capture/capturetest", false},
		{"agentd/panel", "telestrator/console", false},
		{"agentd", "github.com/pion/webrtc/v4", false},
		{"cmd/agentd", "github.com/fxamacker/cbor/v2", false},
		{"privacyother", "telestrator/protocol", false},
		{"desk", "example.com/never/heard/of", false},
	}
	for _, c := range cases {
		if why := refuse(c.from, c.imported); (why == "") != c.allowed {
			t.Errorf("%s importing %s: allowed should be %v, refused because %q", c.from, c.imported, c.allowed, why)
		}
	}
}

// refuse says why a package may not import another; empty means it may.
func refuse(from, imported string) string {
	if own, ok := strings.CutPrefix(imported, module+"/"); ok {
		return refuseRoom(top(from), top(own))
	}
	if !strings.Contains(top(imported), ".") {
		return "" // the standard library
	}
	for prefix, users := range libraries {
		if strings.HasPrefix(imported, prefix) {
			if slices.ContainsFunc(users, func(user string) bool { return within(from, user) }) {
				return ""
			}
			return "this library stays behind " + strings.Join(users, ", ")
		}
	}
	return "this library is in no row of the table in rooms_test.go"
}

func refuseRoom(from, to string) string {
	allowed, known := rooms[from]
	switch {
	case !known:
		return from + " is in no row of the table in rooms_test.go"
	case from == to || slices.Contains(allowed, to):
		return ""
	}
	return from + " may import of ours only: " + strings.Join(allowed, ", ")
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// top returns the first element of a slash-separated path.
func top(path string) string {
	first, _, _ := strings.Cut(path, "/")
	return first
}

func (p listed) room() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// packages lists all packages of the module as one system sees them. Files that
// need cgo count too, so that no build hides an import. The walk over the tree
// tells `go test` that the result depends on it, or it would be cached.
func packages(t *testing.T, system string) []listed {
	t.Helper()
	tree(t)
	list := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Doc,Imports,GoFiles", "./...")
	list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
	var trouble bytes.Buffer
	list.Stderr = &trouble
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, trouble.String())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}
