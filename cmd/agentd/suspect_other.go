//go:build !linux

package main

func suspect(int, string) (toolkit string, can bool) { return "", false }

func foreign(int) bool { return false }
