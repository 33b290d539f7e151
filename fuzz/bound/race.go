//go:build race

package bound

// slowness is how much longer everything may take than Time: the race detector
// makes it ten to twenty times as long.
const slowness = 20
