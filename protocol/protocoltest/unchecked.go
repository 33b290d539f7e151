// Package protocoltest has what a test needs to say what no sender says.
package protocoltest

import (
	"testing"

	"github.com/fxamacker/cbor/v2"

	"telestrator/protocol"
)

// Unchecked encodes a message as SPEC.md 3 has it, whether its values are in
// their ranges or not: protocol.Append refuses those that are not.
func Unchecked(t testing.TB, m protocol.Message) []byte {
	t.Helper()
	options := cbor.CoreDetEncOptions()
	options.NilContainers = cbor.NilContainerAsEmpty
	mode, err := options.EncMode()
	if err != nil {
		t.Fatal(err)
	}
	wire, err := mode.Marshal([]any{uint8(m.Kind()), m})
	if err != nil {
		t.Fatal(err)
	}
	return wire
}
