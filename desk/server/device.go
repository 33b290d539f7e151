package server

import (
	"context"
	"net/http"
	"sync"
	"time"

	"telestrator/desk/frame"
)

// device is one connected device. Its socket's goroutine reads; offers come
// from the goroutines of consoles' requests.
type device struct {
	server *Server
	link   *frame.Link
	rung   uint32 // rings so far; the reader's

	mu      sync.Mutex
	waiting map[string]chan<- frame.Frame // an Answer or Refuse, by connection
}

// device serves a device's WebSocket until one side ends it. Pages have no
// business here, not even our own.
func (s *Server) device(w http.ResponseWriter, r *http.Request) {
	if r.Header.Values("Origin") != nil {
		forbiddenOrigin.write(w)
		return
	}
	if !s.devices.enter() {
		deskFull.write(w)
		return
	}
	defer s.devices.leave()
	ctx := r.Context()
	link, err := frame.Accept(ctx, w, r)
	if err != nil {
		return // answered by Accept
	}
	d := &device{server: s, link: link, waiting: make(map[string]chan<- frame.Frame)}
	s.log.Info("desk: device ended", "why", d.run(ctx))
}

// run serves the link until it has ended, and says why it has.
func (d *device) run(ctx context.Context) error {
	var ending sync.WaitGroup
	defer ending.Wait()
	defer d.link.Close()
	ending.Go(func() {
		select {
		case <-ctx.Done():
			d.link.End(frame.ReasonShutdown)
		case <-d.link.Done():
		}
	})
	err := d.open()
	if err == nil {
		err = d.read()
	}
	d.server.rings.close(d)
	d.server.connections.close(d)
	return err
}

// open waits for the hello and welcomes the device.
func (d *device) open() error {
	late := time.AfterFunc(helloWithin, func() { d.link.End(frame.ReasonTimeout) })
	defer late.Stop()
	f, err := d.link.Read()
	if err != nil {
		return err
	}
	hello, ok := f.(*frame.Hello)
	switch {
	case !ok:
		return d.end(frame.ReasonState)
	case hello.Version != frame.Version:
		return d.end(frame.ReasonVersion)
	}
	d.server.log.Info("desk: device connected", "name", hello.Name)
	return d.link.Write(&frame.Welcome{Version: frame.Version})
}

func (d *device) end(r frame.Reason) error {
	d.link.End(r)
	return d.link.Err()
}

// read obeys the device until the link has ended.
func (d *device) read() error {
	for {
		f, err := d.link.Read()
		if err != nil {
			return err
		}
		switch f := f.(type) {
		case *frame.Ring:
			d.ring(f.Number)
		case *frame.Cancel:
			d.server.rings.cancel(d, f.Number)
			d.link.Write(&frame.Void{Number: f.Number, Reason: frame.ReasonCancelled})
		case *frame.Answer:
			d.deliver(f.ID, f)
		case *frame.Refuse:
			d.deliver(f.ID, f)
		default: // a second hello
			d.link.End(frame.ReasonState)
		}
	}
}

// ring gives the device a new code.
func (d *device) ring(number uint32) {
	if d.rung++; number != d.rung {
		d.link.End(frame.ReasonState)
		return
	}
	code, ok := d.server.rings.open(d, number)
	if !ok {
		d.link.Write(&frame.Void{Number: number, Reason: frame.ReasonFull})
		return
	}
	d.link.Write(&frame.Code{Number: number, Code: code, Seconds: uint32(codeLife / time.Second)})
}
