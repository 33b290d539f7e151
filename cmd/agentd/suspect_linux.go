package main

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// libraries draw windows, and tell what is in them unless they were started
// before accessibility was switched on.
var libraries = []struct{ file, toolkit string }{
	{"/libgtk-4.so", "GTK 4"}, {"/libgtk-3.so", "GTK 3"}, {"/libQt6Gui.so", "Qt"}, {"/libQt5Gui.so", "Qt"},
}

// companions are files beside the program of a browser or what is made of one.
var companions = []struct{ file, toolkit string }{
	{"chrome_100_percent.pak", "Chromium"}, {"libxul.so", "Firefox"},
}

// suspect says what draws a program's windows, from the program alone, and
// whether that could tell what they show.
func suspect(pid int, program string) (toolkit string, can bool) {
	for _, c := range companions {
		if _, err := os.Stat(filepath.Join(filepath.Dir(program), c.file)); program != "" && err == nil {
			return c.toolkit, true
		}
	}
	maps, err := os.Open(filepath.Join("/proc", strconv.Itoa(pid), "maps"))
	if err != nil {
		return "", false
	}
	defer maps.Close()
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		for _, l := range libraries {
			if strings.Contains(lines.Text(), l.file) {
				return l.toolkit, true
			}
		}
	}
	return "", false
}

// foreign reports whether a process is another user's.
func foreign(pid int) bool {
	info, err := os.Stat(filepath.Join("/proc", strconv.Itoa(pid)))
	if err != nil {
		return false
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) != os.Getuid()
}
