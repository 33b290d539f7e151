package atspi

import "context"

// Address is where the accessibility bus of a session is, which is switched on
// by asking.
func Address(session string) (string, error) {
	ctx, done := context.WithTimeout(context.Background(), openPatience)
	defer done()
	address, _, err := enable(ctx, session)
	return address, err
}
