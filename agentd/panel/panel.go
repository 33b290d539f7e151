// Package panel is the help page on the device's own loopback: the one place
// where the user answers, pauses and ends.
//
// It has two sides. [Control] is what the daemon offers: its [State], a wait
// for the next one, and the user's acts. [Server] puts that behind HTTP: a
// small JSON API and the page that uses it. The contract of the API is
// docs/panel-api.md.
//
// A request passes these checks in this order, and the first that fails
// answers it:
//
//	Host        one of the three literal loopback names with our port
//	Origin      our own, or none; Fetch Metadata the same
//	token       the master token, or one that a tab got for a one-time code
//	rate        a request with the right token never pays for one without
//	path, method, content type, size, JSON form
//	Control     the daemon's own answer, a [Refusal] when it is no
//
// The page's files and the exchange of a code for a token need no token and
// give nothing away; they pass the other checks all the same.
//
// What strangers say about themselves (names, reasons) is cleaned here before
// anybody sees it: no control or direction characters, and not too long (package
// line).
package panel
