package privacy

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets more tests run side by side than there are processors: most of
// them wait for what has to settle.
func TestMain(m *testing.M) {
	flag.Parse()
	if !setParallel() {
		_ = flag.Set("test.parallel", "8")
	}
	os.Exit(m.Run())
}

// setParallel reports whether the command line says how many.
func setParallel() (set bool) {
	flag.Visit(func(f *flag.Flag) { set = set || f.Name == "test.parallel" })
	return set
}
