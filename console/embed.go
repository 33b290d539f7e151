// Package console holds the web console: the page that an agent opens to see
// the screen of a device. It is plain modules and works as it is served; this
// file only carries it into the program.
//
// main.js joins the page to a call (call.js): a worker (worker.js, screen.js)
// that decodes the picture, a connection (peer.js), a session (session.js) that
// says where it stands, and the tools (tools.js) with which the agent draws
// and controls: mouse.js and typing.js bring what the agent does, toolbar.js
// shows what there is. labels.js says which areas are private (masks.js).
// page.js has what both pages have, pace.js how often they are redrawn.
// replay.html plays a recording (replay.js, replay/) through the same worker.
// testing/ has what the tests of the modules in test/ share, and is not served.
// protocol/, decoders/, ink/ and input/ are cut like their twins in Go.
package console

import (
	"embed"
	"io/fs"
)

//go:embed index.html replay.html *.css *.svg *.js protocol/*.js decoders/*.js ink/*.js input/*.js replay/*.js
var files embed.FS

// Files returns the page: index.html and what it loads.
func Files() fs.FS { return files }
