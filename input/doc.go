// Package input puts events into the device, only while they are permitted.
//
// There is no code here yet. The wire is ready: package protocol has the
// messages of the input and move channels and their limits, and a device of
// this version grants nobody the scopes pointer and keyboard, so that none of
// them is accepted.
//
// What will live here: the gate, which lets an event pass only while its
// scope is granted, its screen generation is the current one, the local hand
// rests and the focus is not on a secret field; behind it the held keys, so
// that everything pressed can be released; behind those an injector for each
// platform. Gate, held keys and injector share one small interface and wrap
// each other. Its test companion, inputtest, will record events instead of
// making them.
//
// It may import protocol and the operating system's event interfaces.
package input
