package conform

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// board is the desk of our devices: desk/SIGNALLING.md 3. Beside the console's
// requests it serves the pages of the console, so that they are of one origin.
type board struct {
	server   *http.Server
	address  string
	mu       sync.Mutex
	expected map[string]chan<- visit // by code
}

// visit is an offer that waits for its answer.
type visit struct {
	offer  string
	answer chan<- string // of capacity 1; empty refuses
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newBoard serves on a listener until close. Pages may be nil.
func newBoard(listener net.Listener, pages fs.FS) *board {
	b := &board{address: "http://" + listener.Addr().String(), expected: map[string]chan<- visit{}}
	routes := http.NewServeMux()
	routes.HandleFunc("POST /api/connect", b.connect)
	routes.HandleFunc("DELETE /api/connections/{id}", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	if pages != nil {
		files := http.FileServerFS(pages)
		routes.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "max-age=600") // they are the same for a whole run
			files.ServeHTTP(w, r)
		})
	}
	b.server = &http.Server{Handler: routes, ReadHeaderTimeout: 5 * time.Second, MaxHeaderBytes: 8 << 10}
	go func() { _ = b.server.Serve(listener) }() // ends with close
	return b
}

func (b *board) close() { _ = b.server.Close() }

// expect makes a code and gives the visit of the console that brings it.
func (b *board) expect() (code string, visits <-chan visit) {
	random := make([]byte, 8)
	_, _ = rand.Read(random) // never fails
	for i := range random {
		random[i] = crockford[random[i]%32]
	}
	c := make(chan visit, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.expected[string(random)] = c
	return string(random), c
}

// take gives what waits for a code, which works once.
func (b *board) take(typed string) chan<- visit {
	code := strings.NewReplacer("-", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(typed))
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.expected[code]
	delete(b.expected, code)
	return c
}

func (b *board) connect(w http.ResponseWriter, r *http.Request) {
	offer, err := io.ReadAll(io.LimitReader(r.Body, maxSDP+1))
	if err != nil || len(offer) > maxSDP || r.Header.Get("Content-Type") != "application/sdp" {
		problem(w, http.StatusBadRequest, "offer_bad")
		return
	}
	code, isCode := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	expected := b.take(code)
	if !isCode || expected == nil {
		problem(w, http.StatusNotFound, "code_wrong")
		return
	}
	answer := make(chan string, 1)
	expected <- visit{string(offer), answer}
	b.reply(w, r.Context(), answer)
}

func (b *board) reply(w http.ResponseWriter, ctx context.Context, answer <-chan string) {
	select {
	case sdp := <-answer:
		if sdp == "" {
			problem(w, http.StatusBadRequest, "offer_bad")
			return
		}
		id := make([]byte, 16)
		_, _ = rand.Read(id)
		w.Header().Set("Content-Type", "application/sdp")
		w.Header().Set("Location", "/api/connections/"+hex.EncodeToString(id))
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, sdp)
	case <-ctx.Done():
	}
}

func problem(w http.ResponseWriter, status int, id string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": id, "message": id})
}
