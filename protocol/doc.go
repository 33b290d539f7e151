// Package protocol is what goes over the wire between a device and a console.
//
// SPEC.md in this folder is the authority and protocol.cddl its grammar. Each
// message is a struct that mirrors its table there. The two calls are
//
//	wire, err := protocol.Append(nil, &protocol.Ping{Number: 1})
//	message, drop, err := protocol.Decode(wire, protocol.ToDevice, protocol.ChannelPing, state)
//
// Decode checks in the order of SPEC.md 3.1 and names the first failure by its
// reason code, so that any two readers give the same verdict:
//
//	size → form → canonical → kind → channel → state → keys → types → range
//
// [Split] cuts long messages into parts, and a [Joiner] puts those of one channel
// together; who reads all that a device sends has a [Receiver]. A failure is an
// [*Error], the same type that a bye carries; test for it with errors.As.
//
// Nothing in this package keeps a reference to what it is given, and nothing
// is safe for concurrent use unless it says so; Append and Decode are.
package protocol
