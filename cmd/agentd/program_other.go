//go:build !linux

package main

import "os/exec"

// seal does nothing: there is no capture of this system's screen yet.
func seal() error { return nil }

// endWithUs does nothing: the demo's desktop is one of Linux.
func endWithUs(*exec.Cmd) {}
