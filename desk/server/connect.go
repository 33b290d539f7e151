package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"telestrator/desk/frame"
)

// sdpType is the media type of offers and answers.
const sdpType = "application/sdp"

// connect brings a console's offer to the device whose code it gives.
func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	offer, refused := readOffer(w, r)
	if refused != nil {
		refused.write(w)
		return
	}
	ring, what := s.tryCode(bearer(r))
	if what != right {
		codeWrong.write(w)
		s.tellBurnt(w, ring)
		return
	}
	id := newID()
	answer, refused := s.offer(r.Context(), ring, id, offer)
	if refused != nil {
		refused.write(w)
		return
	}
	w.Header().Set("Location", "/api/connections/"+id)
	w.Header().Set("Content-Type", sdpType)
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(answer) // a console that has gone needs no answer
}

// offer has a device answer. The connection is remembered first, so that a
// device that goes meanwhile takes it along.
func (s *Server) offer(ctx context.Context, r *ring, id string, offer []byte) ([]byte, *problem) {
	if !s.connections.add(id, r.device) {
		return nil, deskFull
	}
	r.device.link.Write(&frame.Void{Number: r.number, Reason: frame.ReasonUsed})
	answer, refused := r.device.ask(ctx, id, offer)
	if refused != nil {
		s.connections.take(id)
	}
	return answer, refused
}

// tryCode tries a code as a person may have typed it. What is no code at all
// is simply wrong.
func (s *Server) tryCode(typed string) (*ring, verdict) {
	code, ok := frame.ParseCode(typed)
	if !ok {
		return nil, wrong
	}
	return s.rings.try(code)
}

// tellBurnt tells the device whose code the caller has burnt. The caller has
// the answer by then: its time must not tell that there was such a ring.
func (s *Server) tellBurnt(w http.ResponseWriter, r *ring) {
	if r == nil {
		return
	}
	_ = http.NewResponseController(w).Flush() // or the handler's end does it
	r.device.link.Write(&frame.Void{Number: r.number, Reason: frame.ReasonBurnt})
}

// bearer is the code as the caller has written it.
func bearer(r *http.Request) string {
	scheme, code, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return code
}

// readOffer reads the body of a request: a session description, as far as the
// desk can tell. The device looks closer.
func readOffer(w http.ResponseWriter, r *http.Request) ([]byte, *problem) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != sdpType {
		return nil, offerBad
	}
	offer, err := io.ReadAll(http.MaxBytesReader(w, r.Body, frame.MaxSDP))
	if over := new(http.MaxBytesError); errors.As(err, &over) {
		return nil, tooLarge
	}
	if err != nil || !bytes.HasPrefix(offer, []byte("v=0")) {
		return nil, offerBad
	}
	return offer, nil
}

// leave ends a connection for its console.
func (s *Server) leave(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	d := s.connections.take(id)
	if d == nil {
		notFound.write(w)
		return
	}
	d.link.Write(&frame.Leave{ID: id})
	w.WriteHeader(http.StatusNoContent)
}
