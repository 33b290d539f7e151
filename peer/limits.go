package peer

import "time"

// Limits that both ends of the protocol know.
const (
	MaxToDevice  = 8 << 10    // bytes in a message from the console
	MaxToConsole = 64<<10 - 1 // bytes in a message from the device
)

// Limits that we chose for ourselves.
const (
	MaxQueued         = 4 << 20 // bytes sent and not acknowledged, over all channels of one end
	MaxQueuedMessages = 4096    // messages sent and not acknowledged: small ones cost far more than their bytes

	WindowDevice  = 128 << 10 // bytes the device accepts before it has handed them over
	WindowConsole = 4 << 20   // bytes our own console accepts before it has handed them over

	GatherTimeout = time.Second      // after which a description goes out with the candidates found so far
	OpenTimeout   = 10 * time.Second // after which a connection that is not open has failed
)
