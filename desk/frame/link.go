package frame

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"
)

// The limits of a link, the same at both of its ends.
const (
	Rate = 50 // frames, pings and pongs in a second, and at once (L23)

	PingEvery = 20 * time.Second // at most between two pings of a device
	Silence   = 60 * time.Second // without a frame, ping or pong, then the link is dead

	writeWithin = 5 * time.Second // for one frame to leave
	pingWithin  = 10 * time.Second
	byeWithin   = time.Second
)

// Link is one WebSocket that carries frames. One goroutine reads; all other
// methods may be called at any time. The reader closes it in the end.
type Link struct {
	conn  *websocket.Conn
	from  Side // who is at the other end
	heard *rate.Limiter
	watch *time.Timer // ends the link after Silence

	ctx  context.Context // the link's life; its cause is why it ended
	stop context.CancelCauseFunc
	once sync.Once
}

// Accept takes the WebSocket of a device. When it fails it has answered the
// request already. The link takes the values of ctx, not its end.
func Accept(ctx context.Context, w http.ResponseWriter, r *http.Request) (*Link, error) {
	l := newLink(ctx, Device)
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		OnPingReceived: l.pinged, OnPongReceived: l.ponged,
	})
	return l.over(conn, err)
}

// Dial opens a link to the desk.
func Dial(ctx context.Context, client *http.Client, url string) (*Link, error) {
	l := newLink(ctx, Desk)
	conn, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{
		HTTPClient: client, OnPingReceived: l.pinged, OnPongReceived: l.ponged,
	})
	return l.over(conn, err)
}

func newLink(ctx context.Context, from Side) *Link {
	l := &Link{from: from, heard: rate.NewLimiter(Rate, Rate)}
	l.ctx, l.stop = context.WithCancelCause(context.WithoutCancel(ctx))
	return l
}

func (l *Link) over(conn *websocket.Conn, err error) (*Link, error) {
	if err != nil {
		l.stop(err)
		return nil, err
	}
	conn.SetReadLimit(MaxFrame)
	l.conn = conn
	l.watch = time.AfterFunc(Silence, func() { l.End(ReasonTimeout) })
	return l, nil
}

// Done is closed when the link has ended.
func (l *Link) Done() <-chan struct{} { return l.ctx.Done() }

// Err is why the link has ended, nil before.
func (l *Link) Err() error { return context.Cause(l.ctx) }

// Read waits for the next frame. It fails with an *Error once the link has
// ended, and ends it when the other side has broken a rule.
func (l *Link) Read() (Frame, error) {
	f, err := l.read()
	if err != nil {
		return nil, l.fail(err)
	}
	if bye, ok := f.(*Bye); ok {
		return nil, l.fail(&Error{Reason: bye.Reason, Remote: true})
	}
	return f, nil
}

func (l *Link) read() (Frame, error) {
	kind, data, err := l.conn.Read(l.ctx)
	if err != nil {
		return nil, lost(err)
	}
	if err := l.count(); err != nil {
		return nil, err
	}
	if kind != websocket.MessageBinary {
		return nil, refuse(ReasonForm, "text instead of bytes")
	}
	return Decode(data, l.from)
}

// lost names what the WebSocket ended with. A frame over the limit has been
// answered by the library with the close code for it.
func lost(err error) *Error {
	if errors.Is(err, websocket.ErrMessageTooBig) || websocket.CloseStatus(err) == websocket.StatusMessageTooBig {
		return &Error{Reason: ReasonSize, Remote: websocket.CloseStatus(err) != -1}
	}
	return refuse(ReasonLost, "%v", err)
}

// pinged is called by the library within Read, and tells it to answer.
func (l *Link) pinged(context.Context, []byte) bool {
	if err := l.count(); err != nil {
		l.fail(err)
		return false
	}
	return true
}

// ponged is called by the library within Read.
func (l *Link) ponged(ctx context.Context, data []byte) { l.pinged(ctx, data) }

// count notes that something was heard from the other side.
func (l *Link) count() error {
	l.watch.Reset(Silence)
	if !l.heard.Allow() {
		return refuse(ReasonFlood, "over %d in a second", Rate)
	}
	return nil
}

// fail ends the link with the reason of err and gives the link's own one.
func (l *Link) fail(err error) error {
	var why *Error
	if !errors.As(err, &why) {
		why = refuse(ReasonInternal, "%v", err)
	}
	l.end(why)
	return l.Err()
}

// Write sends a frame. A link that does not take it in time has ended.
func (l *Link) Write(f Frame) error {
	if err := l.Err(); err != nil {
		return err
	}
	data, err := Encode(f)
	if err != nil {
		return err
	}
	if err := l.send(data, writeWithin); err != nil {
		return l.fail(refuse(ReasonLost, "%v", err))
	}
	return nil
}

func (l *Link) send(data []byte, within time.Duration) error {
	ctx, cancel := context.WithTimeout(l.ctx, within)
	defer cancel()
	return l.conn.Write(ctx, websocket.MessageBinary, data)
}

// Ping asks the other side for a sign of life. Without one in time the link
// has ended; the end of ctx only ends the waiting.
func (l *Link) Ping(ctx context.Context) {
	waiting, cancel := context.WithTimeout(ctx, pingWithin)
	defer cancel()
	if err := l.conn.Ping(waiting); err != nil && ctx.Err() == nil {
		l.fail(refuse(ReasonTimeout, "no answer to a ping: %v", err))
	}
}

// End says goodbye and ends the link; only the first end counts. The socket
// is freed by Close.
func (l *Link) End(r Reason) { l.end(&Error{Reason: r}) }

// end says goodbye unless the other side did, or cannot hear it. It must not
// close the socket itself: the library calls pinged while it holds the lock
// that closing waits for.
func (l *Link) end(why *Error) {
	l.once.Do(func() {
		if !why.Remote && why.Reason != ReasonLost {
			l.sayBye(why.Reason)
		}
		l.stop(why)
	})
}

func (l *Link) sayBye(r Reason) {
	if data, err := Encode(&Bye{Reason: r}); err == nil {
		_ = l.send(data, byeWithin) // a link that is ending anyway
	}
}

// Close frees the socket of a link that nobody reads any more, and ends the
// link when nothing else has.
func (l *Link) Close() {
	l.End(ReasonShutdown)
	l.watch.Stop()
	_ = l.conn.CloseNow() // an error would say that it is closed already
}
