package conform

// Limits of SPEC.md 11 that are not in the ranges of kinds.go.
const (
	maxToDevice  = 8192
	maxToConsole = 65535
	maxWhole     = 16384
	maxPart      = 16352
	maxUpdate    = 262144
	maxJoined    = 263168
	maxParts     = 256
	maxSide      = 16384
	maxArea      = 33554432
	maxMonitors  = 16
	maxRects     = 4096
	maxCopies    = 170
	maxStroke    = 2000
	rateMessages = 1000
	rateBurst    = 2000
	forbidden    = 100 // input and ink without permission that end a session: SPEC.md 4.1
)
