package console

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// device is the other end of a real page: it answers the offer, allows what is
// asked for, and plays a recorded scene as fast as it is acknowledged.
type device struct {
	testing.TB
	url   string
	conn  peer.Conn
	live  chan struct{} // the console may be shown pictures
	shown chan []byte   // RGBA of the page\'s canvas, when a test has it sent

	mu    sync.Mutex
	acked uint32
	at    time.Time // of the last ack
	acks  chan struct{}
}

// underway is how many pictures may be sent and not acknowledged, as a daemon has it.
const underway = 2

func newDevice(tb testing.TB) *device {
	tb.Helper()
	d := &device{TB: tb, live: make(chan struct{}), shown: make(chan []byte, 1), acks: make(chan struct{}, 1)}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/connect", d.connect)
	mux.HandleFunc("POST /shown", func(_ http.ResponseWriter, r *http.Request) {
		pix, err := io.ReadAll(r.Body)
		if err != nil {
			d.Error(err)
		}
		d.shown <- pix
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		http.FileServerFS(Files()).ServeHTTP(w, r)
	})
	page := httptest.NewServer(mux)
	tb.Cleanup(func() {
		if d.conn != nil {
			_ = d.conn.Close()
		}
		page.Close()
	})
	d.url = page.URL
	return d
}

func (d *device) connect(w http.ResponseWriter, r *http.Request) {
	offer, err := io.ReadAll(r.Body)
	if err != nil {
		d.Error(err)
		return
	}
	conn, answer, err := peer.Answer(r.Context(), peer.Config{Loopback: true}, offer)
	if err != nil {
		d.Error(err)
		http.Error(w, "", http.StatusBadRequest)
		return
	}
	d.conn = conn
	go d.listen()
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(answer)
}

func (d *device) listen() {
	state := protocol.Opening
	for m := range d.conn.Messages() {
		message, _, err := protocol.Decode(m.Data, protocol.ToDevice, protocol.Channel(m.Channel), state)
		if err != nil {
			d.Error(err)
			return
		}
		switch m := message.(type) {
		case *protocol.Hello:
			state = protocol.Greeted
			d.say(&protocol.Welcome{Version: 1, Capabilities: m.Capabilities, Session: "0123456789abcdef", Device: "Demo tablet", Limits: protocol.WelcomeLimits()})
		case *protocol.Ready:
			state = protocol.Live
		case *protocol.Request:
			d.say(&protocol.Grants{Number: 1, Generation: 1, Scopes: m.Scopes, Answered: m.Number})
			close(d.live)
		case *protocol.Bye:
			d.Errorf("the console leaves: %d %s", m.Code, m.Text)
		case *protocol.Ack:
			d.took(m.Number)
		}
	}
}

func (d *device) say(m protocol.Message) {
	data, err := protocol.Append(nil, m)
	if err == nil {
		err = d.conn.Send(peer.Evt, data)
	}
	if err != nil {
		d.Error(err)
	}
}

func (d *device) took(number uint32) {
	d.mu.Lock()
	d.acked, d.at = number, time.Now()
	d.mu.Unlock()
	select {
	case d.acks <- struct{}{}:
	default:
	}
}

// opened waits until pictures may be shown.
func (d *device) opened() {
	d.Helper()
	select {
	case <-d.live:
	case <-time.After(patience):
		d.Fatal("no page has connected")
	}
}

// shot is one picture that was played.
type shot struct {
	number      uint32 // of its last update
	sent, acked time.Time
}

// play sends one picture after the other, so many a second as long as they are
// acknowledged, and waits until the last one is.
func (d *device) play(takes []take, rate float64) []shot {
	d.Helper()
	shots := make([]shot, 0, len(takes))
	began := time.Now()
	for n, t := range takes {
		time.Sleep(time.Until(began.Add(time.Duration(float64(n) / rate * 1e9))))
		d.await(shots, underway-1)
		shots = append(shots, shot{number: t.number, sent: time.Now()})
		for _, message := range t.wire {
			if err := d.conn.Send(peer.Screen, message); err != nil {
				d.Fatal(err)
			}
		}
	}
	d.await(shots, 0)
	return shots
}

// await waits until so few pictures are under way, and notes when they were acknowledged.
func (d *device) await(shots []shot, most int) {
	d.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		open := 0
		d.mu.Lock()
		for i := len(shots) - 1; i >= 0 && shots[i].acked.IsZero(); i-- {
			if open++; shots[i].number <= d.acked {
				open--
				shots[i].acked = d.at
			}
		}
		d.mu.Unlock()
		if open <= most {
			return
		}
		select {
		case <-d.acks:
		case <-late.C:
			d.Fatal("the console does not acknowledge what it was sent")
		}
	}
}
