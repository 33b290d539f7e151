package panel

import (
	"cmp"
	"context"
	"fmt"
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

// areas writes what is hidden as "x y width height why", the largest first.
func areas(list []Private) string {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Private) int {
		return cmp.Compare(b.Area.Dx()*b.Area.Dy(), a.Area.Dx()*a.Area.Dy())
	})
	said := make([]string, min(len(list), maxPrivate))
	for i := range said {
		r := list[i].Area
		said[i] = fmt.Sprintf("%d %d %d %d %s", r.Min.X, r.Min.Y, r.Dx(), r.Dy(), list[i].Why)
	}
	return strings.Join(said, ", ")
}
