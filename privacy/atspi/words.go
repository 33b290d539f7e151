package atspi

// named tells whether what is said of a field means that it is secret.
func named(texts ...string) (Kind, bool) { return 0, false }
