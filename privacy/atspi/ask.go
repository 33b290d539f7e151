package atspi

import (
	"context"
	"errors"
	"slices"

	"github.com/godbus/dbus/v5"
)

// The interfaces of a node.
const (
	prefix     = "org.a11y.atspi."
	accessible = prefix + "Accessible."
	component  = prefix + "Component."
	collection = prefix + "Collection."
	document   = prefix + "Document."
	root       = "/org/a11y/atspi/accessible/root"
)

// questions are asked all at once: the time they take is that of the slowest,
// not of all together.
type questions struct {
	ctx   context.Context
	line  line
	calls []*dbus.Call
}

// line is what questions are asked over: the bus.
type line interface {
	send(ctx context.Context, to ref, method string, args ...any) *dbus.Call
	connected() bool
}

type wire struct{ conn *dbus.Conn }

func (w wire) send(ctx context.Context, to ref, method string, args ...any) *dbus.Call {
	return w.conn.Object(to.name, to.path).GoWithContext(ctx, method, dbus.FlagNoAutoStart, nil, args...)
}

func (w wire) connected() bool { return w.conn.Connected() }

// answer is one program's to one question.
type answer struct {
	body []any
	err  error
}

// ask sends a question and returns its number.
func (q *questions) ask(r ref, method string, args ...any) int {
	q.calls = append(q.calls, q.line.send(q.ctx, r, method, args...))
	return len(q.calls) - 1
}

// askProperty asks for a property of an interface.
func (q *questions) askProperty(r ref, of, property string) int {
	return q.ask(r, "org.freedesktop.DBus.Properties.Get", of, property)
}

// wait returns the answers, numbered as the questions, when all are there. Its
// error is one that says nothing about a single node: no time is left, the bus
// is gone, or the program.
func (q *questions) wait() ([]answer, error) {
	answers := make([]answer, len(q.calls))
	for i, call := range q.calls {
		<-call.Done
		answers[i] = answer{call.Body, call.Err}
	}
	for _, a := range answers {
		if err := q.grave(a.err); err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// all is wait for questions that must be answered, each of them.
func (q *questions) all() ([]answer, error) {
	answers, err := q.wait()
	if err != nil {
		return nil, err
	}
	for _, a := range answers {
		if a.err != nil {
			return nil, a.err
		}
	}
	return answers, nil
}

func (q *questions) grave(err error) error {
	switch {
	case err == nil:
		return nil
	case !q.line.connected() || errors.Is(err, dbus.ErrClosed):
		return ErrGone
	case q.ctx.Err() != nil:
		return context.Cause(q.ctx)
	case said(err, "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner", "org.freedesktop.DBus.Error.NoReply"):
		return ErrNoProgram
	}
	return nil
}

// said says whether err is one of the errors that programs answer with.
func said(err error, names ...string) bool {
	var e dbus.Error
	return errors.As(err, &e) && slices.Contains(names, e.Name)
}

// absent says whether an error means that there is no such node any more.
func absent(err error) bool {
	return said(err, "org.freedesktop.DBus.Error.UnknownObject", "org.freedesktop.DBus.Error.UnknownMethod")
}

// unable says whether an error means that a program does not know the question.
func unable(err error) bool {
	return said(err, "org.freedesktop.DBus.Error.UnknownMethod", "org.freedesktop.DBus.Error.UnknownInterface",
		"org.freedesktop.DBus.Error.NotSupported")
}
