package leaktest

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"telestrator/privacy/atspi/atspitest"
)

// Load keeps all processors busy until the test ends, for as long as given at
// most.
func Load(tb testing.TB, session *atspitest.Session, most time.Duration) {
	tb.Helper()
	spin := fmt.Sprintf("import time\nend = time.monotonic() + %d\nwhile time.monotonic() < end: pass", int(most.Seconds()))
	for range runtime.NumCPU() {
		session.Start(tb, os.Getenv("DISPLAY"), python, "-c", spin)
	}
}
