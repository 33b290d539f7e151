package atspi

import (
	"context"
	"fmt"
	"image"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// program is what is known of a program on the bus.
type program struct {
	bus  *Bus
	line line
	root ref
	turn chan struct{} // holds a token while somebody asks the program

	// guarded by bus.mu
	app    App
	doubts map[dbus.ObjectPath]bool // nodes that said that they have changed
	asked  bool                     // app is complete

	// of whoever has the turn
	late    *dbus.Call // a question that has not been answered in time
	walks   bool       // it cannot search its tree itself
	fields  map[ref]*field
	secrets map[ref]*secret
	woken   map[ref]waking // Chromium's windows that are to show pages
	places  []place
}

// field is what is remembered of a field or document between scans.
type field struct {
	role   int
	kind   Kind
	named  bool  // its name, id or label says that it is secret
	labels []ref // other nodes that name it, until they are read
	read   time.Time
	born   time.Time // when it was first seen
	seen   bool      // by the scan that is on its way

	// of a document
	placed bool // it is known whether it is
	nested bool // inside another
	dialog bool // in a dialog inside of a window of Chromium's
}

// secret is a field that is secret for as long as it lives.
type secret struct {
	kind    Kind
	window  ref
	page    ref             // Chromium: the outermost document it is in, once that had to be known
	area    image.Rectangle // from the corner of the window, where it showed last
	showing bool            // and its area was known
	shown   bool            // it did once
}

// place is where a secret field was that has vanished.
type place struct {
	window ref
	area   image.Rectangle // from the corner of the window
	left   time.Time
}

func newProgram(b *Bus, l line, root ref) *program {
	return &program{
		bus: b, line: l, root: root, turn: make(chan struct{}, 1), app: App{Name: root.name},
		doubts: map[dbus.ObjectPath]bool{}, fields: map[ref]*field{}, secrets: map[ref]*secret{}, woken: map[ref]waking{},
	}
}

// begin waits for the turn to ask the program. One that owes an answer is asked
// nothing more until it has given it: questions would pile up.
func (p *program) begin(ctx context.Context) error {
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if p.late == nil {
		return nil
	}
	select {
	case <-p.late.Done:
		p.late = nil
		return nil
	case <-ctx.Done():
		p.end()
		return context.Cause(ctx)
	}
}

func (p *program) end() { <-p.turn }

// owe notes that the program has not answered in time.
func (p *program) owe() {
	p.late = p.line.send(context.Background(), p.root, accessible+"GetRole")
}

// doubt notes that a node has changed. It is called with bus.mu held.
func (p *program) doubt(path dbus.ObjectPath) {
	if len(p.doubts) >= maxFields {
		clear(p.doubts)
		path = "" // of any node
	}
	p.doubts[path] = true
}

// doubted returns what doubt has noted since.
func (p *program) doubted() map[dbus.ObjectPath]bool {
	p.bus.mu.Lock()
	defer p.bus.mu.Unlock()
	if len(p.doubts) == 0 {
		return nil
	}
	was := p.doubts
	p.doubts = map[dbus.ObjectPath]bool{}
	return was
}

// identify asks a program who it is, once.
func (p *program) identify(ctx context.Context) error {
	p.bus.mu.Lock()
	asked := p.asked
	p.bus.mu.Unlock()
	if asked {
		return nil
	}
	q := questions{ctx: ctx, line: p.line}
	q.askProperty(p.root, prefix+"Application", "ToolkitName")
	q.askProperty(p.root, prefix+"Application", "Version")
	q.askProperty(p.root, prefix+"Accessible", "Name")
	answers, err := q.wait()
	if err != nil {
		return fmt.Errorf("atspi: ask who %s is: %w", p.root.name, err)
	}
	name, _ := readText(answers[0].body)
	version, _ := readText(answers[1].body)
	title, _ := readText(answers[2].body)
	p.bus.mu.Lock()
	defer p.bus.mu.Unlock()
	p.app.Toolkit, p.app.Said, p.app.Title = toolkit(name, version), strings.TrimSpace(name+" "+version), title
	p.asked = true
	return nil
}

func (p *program) toolkit() Toolkit {
	p.bus.mu.Lock()
	defer p.bus.mu.Unlock()
	return p.app.Toolkit
}

// browses reports whether it may show documents. Others complain when they are
// asked for what documents have.
func (p *program) browses() bool {
	t := p.toolkit()
	return t != GTK3 && t != GTK4 && t != Qt
}

// What places are told from (ATSPI_COORD_TYPE).
const (
	fromScreen = uint32(0)
	fromWindow = uint32(1)
)

// origin is what a program is asked to tell places from: GTK 4 knows its windows
// only, and complains about the other.
func (p *program) origin() uint32 {
	if p.toolkit() == GTK4 {
		return fromWindow
	}
	return fromScreen
}

// toolkit tells which one it is by what it calls itself.
func toolkit(name, version string) Toolkit {
	switch strings.ToLower(name) {
	case "gtk":
		switch major, _, _ := strings.Cut(version, "."); major {
		case "3":
			return GTK3
		case "4":
			return GTK4
		}
	case "qt":
		return Qt
	case "chromium":
		return Chromium
	case "gecko":
		return Firefox
	}
	return Other
}
