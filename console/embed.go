// Package console holds the web console: the page that an agent opens to see
// the screen of a device. It is plain modules and works as it is served; this
// file only carries it into the program.
//
// main.js joins the page to a call (call.js): a worker (worker.js, screen.js)
// that decodes the picture, a connection (peer.js), and a session (session.js)
// that says where it stands. protocol/ and decoders/ are cut like their twins
// in Go.
package console

import (
	"embed"
	"io/fs"
)

//go:embed index.html style.css icon.svg *.js protocol/*.js decoders/*.js
var files embed.FS

// Files returns the page: index.html and what it loads.
func Files() fs.FS { return files }
