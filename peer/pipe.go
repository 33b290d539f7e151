package peer

import "sync"

// Pipe connects a device and a console in memory. The two ends keep the limits, directions and errors of a real
// connection and are open from the start. A message counts as acknowledged when the other end has taken it, so a
// console that stops reading fills the device's Buffered. Queued messages of unordered channels go before those of
// ordered ones, so that, as on a real connection, an event does not wait behind pictures; no message is ever lost or
// overtaken within its channel. There are no timers: inside a synctest bubble, synctest.Wait brings a Pipe to rest.
func Pipe() (device, console Conn) {
	p := &pipe{ending: make(chan struct{}), done: make(chan struct{})}
	down, up := newLane(), newLane()
	d := &pipeEnd{pipe: p, side: deviceSide, out: down, in: up}
	c := &pipeEnd{pipe: p, side: consoleSide, out: up, in: down}
	var lanes sync.WaitGroup
	lanes.Go(func() { down.run(p.ending) })
	lanes.Go(func() { up.run(p.ending) })
	go func() {
		lanes.Wait()
		close(p.done)
	}()
	return d, c
}

// pipe is what both ends share.
type pipe struct {
	once   sync.Once
	closer side          // who ended it; read once ending is closed
	ending chan struct{} // closed when an end has been closed
	done   chan struct{} // closed when the lanes have stopped
}

// pipeEnd is one end of a pipe.
type pipeEnd struct {
	*pipe
	side    side
	out, in *lane
}

func (e *pipeEnd) Send(ch Channel, data []byte) error {
	if err := e.side.check(ch, len(data)); err != nil {
		return err
	}
	if closed(e.ending) {
		return ErrClosed
	}
	return e.out.push(ch, data)
}

func (e *pipeEnd) Messages() <-chan Message { return e.in.messages }
func (e *pipeEnd) Buffered() int            { return e.out.buffered() }
func (e *pipeEnd) Low() <-chan struct{}     { return e.out.low }
func (e *pipeEnd) SetLow(bytes int)         { e.out.setLow(bytes) }
func (e *pipeEnd) Done() <-chan struct{}    { return e.done }

func (e *pipeEnd) Close() error {
	e.once.Do(func() {
		e.closer = e.side
		close(e.ending)
	})
	<-e.done
	return nil
}

func (e *pipeEnd) Err() error {
	switch {
	case !closed(e.ending):
		return nil
	case e.closer == e.side:
		return ErrClosed
	}
	return &Ended{CodeLost, "the other side left"}
}
