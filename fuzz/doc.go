// Package fuzz will hold the fuzz targets that cross rooms, one file for each
// place where foreign bytes enter the device or the console.
//
// A target that needs only one room lives in that room, next to the code it
// attacks; so do all targets of this version. What belongs here needs several
// rooms at once, such as bytes that enter at peer and must be refused by
// agentd. `make fuzz` finds and runs every target wherever it lives.
//
// It may import every room except console and cmd.
package fuzz
