package agentd

import (
	"context"
	"fmt"
	"os"
	"testing"

	"telestrator/agentd/guardian"
)

// TestMain lets this program be its own guardian, as agentd is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == guardian.Command {
		if err := guardian.Main(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		return
	}
	os.Exit(m.Run())
}
