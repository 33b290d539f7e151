package panel

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Headers of a picture.
const (
	numberHeader  = "View-Number"
	privateHeader = "View-Private"
)

// view answers with what agents are shown, as soon as there is a picture that
// the page does not have. Nothing new in time is no picture.
func (s *Server) view(h http.Header, r *http.Request) (any, error) {
	if err := accept(h, r, http.MethodGet); err != nil {
		return nil, err
	}
	if err := readBody(r, nil); err != nil {
		return nil, err
	}
	after := uint64(0)
	if r.URL.RawQuery != "" {
		var err error
		if after, err = parseAfter(r.URL.RawQuery); err != nil {
			return nil, err
		}
	}
	ctx, end := context.WithTimeout(r.Context(), viewTime)
	defer end()
	picture, err := s.control.View(ctx, after)
	if err != nil {
		return nil, err
	}
	return picture, nil
}

// writePicture writes a picture, or that there is none. An error means that the
// client has gone, which nobody needs to hear.
func writePicture(w http.ResponseWriter, p Picture) {
	if p.Number == 0 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Content-Length", strconv.Itoa(len(p.PNG)))
	h.Set(numberHeader, strconv.FormatUint(p.Number, 10))
	h.Set(privateHeader, areas(p.Private))
	_, _ = w.Write(p.PNG)
}

// areas writes rectangles as "x y width height", the largest first.
func areas(list []image.Rectangle) string {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b image.Rectangle) int { return cmp.Compare(b.Dx()*b.Dy(), a.Dx()*a.Dy()) })
	said := make([]string, min(len(list), maxPrivate))
	for i := range said {
		r := list[i]
		said[i] = fmt.Sprintf("%d %d %d %d", r.Min.X, r.Min.Y, r.Dx(), r.Dy())
	}
	return strings.Join(said, ", ")
}
