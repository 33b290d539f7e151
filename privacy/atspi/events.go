package atspi

import (
	"context"
	"errors"

	"github.com/godbus/dbus/v5"
)

// events are what the registry is told that somebody listens to: programs stay
// silent about what nobody does. None of them carries text of a field.
var events = []string{
	"object:children-changed",
	"object:property-change:accessible-role",
	"object:property-change:accessible-name",
	"object:property-change:accessible-description",
	"object:state-changed:showing",
	"object:state-changed:focused",
	"object:state-changed:busy",
	"object:state-changed:defunct",
	"window:create",
	"window:destroy",
	"window:activate",
	"document:load-complete",
	"document:reload",
}

// matches say which signals the bus sends here: those events, and who comes and
// goes.
var matches = []string{
	"type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'",
	"type='signal',interface='org.a11y.atspi.Event.Object',member='ChildrenChanged'",
	"type='signal',interface='org.a11y.atspi.Event.Object',member='PropertyChange'",
	"type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='showing'",
	"type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='focused'",
	"type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='busy'",
	"type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='defunct'",
	"type='signal',interface='org.a11y.atspi.Event.Window'",
	"type='signal',interface='org.a11y.atspi.Event.Document'",
}

const registryName = "org.a11y.atspi.Registry"

// register asks for the events, from the registry that runs now.
func (b *Bus) register(ctx context.Context) error {
	q := b.questions(ctx)
	daemon := ref{"org.freedesktop.DBus", "/org/freedesktop/DBus"}
	for _, m := range matches {
		q.ask(daemon, "org.freedesktop.DBus.AddMatch", m)
	}
	if _, err := q.all(); err != nil {
		return err
	}
	start := b.conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.StartServiceByName", 0, registryName, uint32(0))
	if start.Err != nil {
		return start.Err
	}
	owner, err := b.owner(ctx)
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.registry = owner
	b.mu.Unlock()
	q = b.questions(ctx)
	for _, e := range events {
		q.ask(ref{owner, "/org/a11y/atspi/registry"}, registryName+".RegisterEvent", e, []string{}, "")
	}
	_, err = q.all()
	return err
}

// owner returns the connection of the registry.
func (b *Bus) owner(ctx context.Context) (string, error) {
	var name string
	err := b.conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.GetNameOwner", 0, registryName).Store(&name)
	if err == nil && !unique(name) {
		err = errors.New("its owner has no name")
	}
	return name, err
}

// listener takes what the bus sends unasked. It is called between the answers
// to questions, and never waits.
type listener struct{ bus *Bus }

// DeliverSignal implements dbus.SignalHandler.
func (l listener) DeliverSignal(of, name string, s *dbus.Signal) {
	switch {
	case s.Name == "org.freedesktop.DBus.NameOwnerChanged":
		if s.Sender == "org.freedesktop.DBus" {
			l.bus.owned(s.Body)
		}
	case of == "org.a11y.atspi.Event.Object" && name == "ChildrenChanged" && s.Sender == l.bus.registryRoot().name:
		signal(l.bus.listed)
	default:
		l.bus.heard(s.Sender, s.Path, name == "PropertyChange")
	}
}

// owned follows who owns which name.
func (b *Bus) owned(body []any) {
	if len(body) != 3 {
		return
	}
	name, _ := body[0].(string)
	owner, _ := body[2].(string)
	known := b.registryRoot().name
	if name == registryName && known != "" && owner != known {
		b.losing.Do(func() { close(b.lost) })
	}
	if owner == "" {
		b.forget(name)
	}
}

// heard takes note that a program has said that something has changed.
func (b *Bus) heard(name string, path dbus.ObjectPath, property bool) {
	b.mu.Lock()
	p := b.programs[name]
	if p != nil && property {
		p.doubt(path)
	}
	b.mu.Unlock()
	if p != nil {
		signal(b.changed)
	}
}
