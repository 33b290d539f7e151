// Package fuzz is for whoever wants to break the device or the console: the
// fuzz targets, a file for each place where foreign bytes enter, and the hammer,
// which does the same to a running daemon. README.md is the way in.
//
// A target that needs what a room keeps to itself lives in that room, next to
// the code it attacks. `make fuzz` finds and runs every target wherever it is.
// Each holds its inputs to the time and memory of package bound.
//
// It may import every room except console and cmd.
package fuzz
