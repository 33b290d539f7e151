package protocol

// Limits of SPEC.md 11. The exact value passes, one more does not.
const (
	MaxToDevice  = 8 << 10     // bytes of a message to the device
	MaxToConsole = 64<<10 - 1  // bytes of a message to the console
	MaxWhole     = 16 << 10    // bytes of a message sent whole; longer ones go in parts
	MaxPart      = 16<<10 - 32 // bytes in one part
	MinPart      = 2 << 10     // bytes in one part on the slowest links
	MaxUpdate    = 256 << 10   // bytes of an update
	MaxJoined    = 257 << 10   // bytes of a message joined from parts
	MaxParts     = 256         // parts of one message
	MaxNesting   = 4           // arrays and maps inside one another
	MaxArray     = 1024        // elements of an array
	MaxMap       = 32          // pairs of a map
	MaxText      = 2000        // bytes of any text
	MaxInteger   = 1<<53 - 1   // what a console in JavaScript can hold
	MaxNumber    = 1<<31 - 1   // the last running number of a session
	MaxSide      = 16384       // pixels
	MaxArea      = 32 << 20    // pixels
	MaxMonitors  = 16          //
	MaxRects     = 4096        // rectangles in the tiles of one update
	MaxInflated  = 1 << 20     // bytes that the tiles of one update inflate to
	MaxCopies    = 170         // copies in one update
	MaxJPEGs     = 256         // JPEG rectangles in one update
	MaxCursor    = 256         // pixels a side
	MaxMasks     = 64          // areas in one message of masks
	MaxName      = 64          // bytes of a name
	MaxReason    = 200         // bytes of a reason or another sentence
	MaxTyped     = 256         // bytes of one text message
	MaxCode      = 32          // bytes of a key's code
	MaxHeld      = 10          // keys held
	MaxButton    = 7           // highest button
	MaxWheel     = 10          // steps
	MaxPoints    = 256         // points in one message
	MaxStroke    = 2000        // points of one stroke
	MaxStrokes   = 64          // strokes of one console alive
	MaxAlive     = 20000       // points of one console alive
	MaxWidth     = 64          // pixels of a stroke
	MaxFade      = 30000       // milliseconds
	MaxCaps      = 32          // capabilities
	WelcomeRates = 7           // entries of a welcome's limits
	MaxDecode    = 1<<32 - 1   // microseconds in an ack
)

// Rates a device holds its consoles to, a second. SPEC.md 11.
const (
	RateMessages = 1000
	RateBurst    = 2000
	RateBytes    = 256 << 10
	RatePointer  = 500
	RateKey      = 200
	RateText     = 1 << 10
	RateInk      = 500
	RateRefresh  = 2
	RateLook     = 2
	RatePing     = 2
)
