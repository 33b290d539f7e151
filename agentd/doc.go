// Package agentd is one device being helped: the daemon, its screen, and a
// session for each console that looks at it. It is the only room that knows
// the others.
//
//	             ┌──────── Daemon ────────┐
//	panel ──────▶│ control: ring, grant,  │◀────── desk: offers
//	(the user)   │ pause, stop            │
//	             └───┬────────────────┬───┘
//	                 │                │ one for each console
//	 capture ─▶ ┌────▼───┐  stale ┌───▼─────┐
//	 privacy ─▶ │ Screen │───────▶│ Session │──▶ peer ⇒ console
//	            └────────┘ canvas └─────────┘
//
// What an agent draws, types and clicks goes from the session to the guardian, a
// second process that owns everything that acts on the user's screen; see package
// agentd/guardian. It also shows the user the sign that somebody sees the screen.
//
// A [Screen] owns capture, privacy and the encoder's canvas. It grabs only
// when the screen changed and a session can take a picture. A [Session] runs
// three loops: receive (what the console says), stream (what it sees) and
// upkeep (pings and time limits). Whether a picture may go out is decided
// under the session's lock at the moment it is handed to the transport, so
// that nothing leaves after a pause, a revocation or a stop has returned.
//
// A session's life, as the panel and the protocol tell it:
//
//	idle → waiting → asked → live ⇄ paused → over
package agentd
