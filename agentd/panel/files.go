package panel

import (
	"embed"
	"net/http"
	"path"
	"strconv"
)

//go:embed page/index.html page/*.css page/*.js page/*.svg
var page embed.FS

// types are the kinds of files that the page has.
var types = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
}

// serveFile serves the page's own files, which hold no secret.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	if !s.files.Allow() {
		s.refuse(w, r, tooFast)
		return
	}
	name := r.URL.Path
	if name == "/" {
		name = "/index.html"
	}
	data, err := page.ReadFile("page" + path.Clean(name))
	if err != nil {
		s.refuse(w, r, noSuchCall)
		return
	}
	if err := accept(w.Header(), r, http.MethodGet); err != nil {
		s.refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data)
}
