package server

import (
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// types are named here, because those of the machine's own table differ from
// one machine to the next and browsers are told not to guess.
var types = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".ico":  "image/x-icon",
	".json": "application/json",
	".wasm": "application/wasm",
}

// page serves the console's files. Folders have no listing; / is index.html.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		notAllowed.write(w)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "index.html"
	}
	kind, known := types[path.Ext(name)]
	if !known || s.config.Console == nil || !isFile(s.config.Console, name) {
		notFound.write(w)
		return
	}
	w.Header().Set("Content-Type", kind)
	http.ServeFileFS(w, r, s.config.Console, name)
}

func isFile(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	return err == nil && info.Mode().IsRegular()
}
