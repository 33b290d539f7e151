package atspi

import (
	"context"
	"testing"

	"github.com/godbus/dbus/v5"
)

// fake is a program made of nodes, that answers at once and without a bus.
type fake struct {
	name, version string // of its toolkit
	searches      bool
	nodes         map[ref]*fakeNode
	spoil         func(to ref, method string, a answer) answer // what is answered instead
}

type fakeNode struct {
	role       uint32
	states     states
	area       [4]int32
	name       string
	attributes map[string]string
	document   map[string]string
	parent     ref
	below      []ref
	labels     []ref
}

// newFake is a program with one window.
func newFake(toolkit, version string) *fake {
	f := &fake{name: toolkit, version: version, searches: true, nodes: map[ref]*fakeNode{}}
	f.nodes[fakeRef("root")] = &fakeNode{role: 75}
	f.put("root", "window", fakeNode{role: roleFrame, states: showing, area: [4]int32{0, 0, 800, 600}, name: "title",
		attributes: map[string]string{"class": "BrowserRootView"}})
	return f
}

func fakeRef(id string) ref { return ref{":1.1", dbus.ObjectPath("/org/a11y/atspi/accessible/" + id)} }

func (f *fake) put(parent, id string, n fakeNode) {
	n.parent = fakeRef(parent)
	f.nodes[fakeRef(id)] = &n
	f.nodes[n.parent].below = append(f.nodes[n.parent].below, fakeRef(id))
}

func (f *fake) drop(parent, id string) {
	delete(f.nodes, fakeRef(id))
	p := f.nodes[fakeRef(parent)]
	for i, r := range p.below {
		if r == fakeRef(id) {
			p.below = append(p.below[:i:i], p.below[i+1:]...)
			return
		}
	}
}

// program is one that asks the fake.
func (f *fake) program() *program {
	return newProgram(&Bus{changed: make(chan struct{}, 1), programs: map[string]*program{}}, f, fakeRef("root"))
}

func scanned(tb testing.TB, p *program) *Scan {
	tb.Helper()
	s, err := p.scan(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func (f *fake) connected() bool { return true }

func (f *fake) send(_ context.Context, to ref, method string, args ...any) *dbus.Call {
	a := f.answer(to, method, args)
	if f.spoil != nil {
		a = f.spoil(to, method, a)
	}
	call := &dbus.Call{Body: a.body, Err: a.err, Done: make(chan *dbus.Call, 1)}
	call.Done <- call
	return call
}

func refused(name string) answer {
	return answer{nil, dbus.Error{Name: "org.freedesktop.DBus.Error." + name}}
}

func (f *fake) answer(to ref, method string, args []any) answer {
	n := f.nodes[to]
	if n == nil {
		return refused("UnknownObject")
	}
	switch method {
	case accessible + "GetRole":
		return body(n.role)
	case accessible + "GetState":
		return body([]uint32{uint32(n.states), uint32(n.states >> 32)})
	case accessible + "GetAttributes":
		return body(n.attributes)
	case accessible + "GetChildren":
		return body(pairs(n.below))
	case accessible + "GetRelationSet":
		return body([][]any{{uint32(1), pairs(nil)}, {uint32(labelledBy), pairs(n.labels)}})
	case component + "GetExtents":
		return body([]any{n.area[0], n.area[1], n.area[2], n.area[3]})
	case document + "GetAttributes":
		return body(n.document)
	case collection + "GetMatches":
		if !f.searches {
			return refused("UnknownMethod")
		}
		return body(pairs(f.search(to, args[0].(rule), int(args[2].(int32)))))
	case "org.freedesktop.DBus.Properties.Get":
		return f.property(n, args[1].(string))
	}
	return refused("UnknownMethod")
}

func (f *fake) property(n *fakeNode, name string) answer {
	switch name {
	case "Name":
		return body(dbus.MakeVariant(n.name))
	case "ChildCount":
		return body(dbus.MakeVariant(int32(len(n.below))))
	case "Parent":
		return body(dbus.MakeVariant([]any{n.parent.name, n.parent.path}))
	case "ToolkitName":
		return body(dbus.MakeVariant(f.name))
	case "Version":
		return body(dbus.MakeVariant(f.version))
	}
	return refused("InvalidArgs")
}

func (f *fake) search(from ref, by rule, most int) (found []ref) {
	for _, r := range f.nodes[from].below {
		if role := f.nodes[r].role; by.Roles[role/32]>>(role%32)&1 == 1 && len(found) < most {
			found = append(found, r)
		}
		found = append(found, f.search(r, by, most-len(found))...)
	}
	return found
}

func body(values ...any) answer { return answer{body: values} }

func pairs(refs []ref) [][]any {
	all := make([][]any, len(refs))
	for i, r := range refs {
		all[i] = []any{r.name, r.path}
	}
	return all
}
