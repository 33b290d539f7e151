//go:build !race

package bound

// slowness is how much longer everything may take than Time: the engine's
// counters and a slow machine make it a few times as long.
const slowness = 5
