package privacy

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// embedders are libraries whose pages another process draws, of which the
// program's own tree does not tell. Many programs have one and use it for help.
var embedders = [][]byte{[]byte("/libwebkit2gtk-"), []byte("/libwebkitgtk-"), []byte("/libWPEWebKit-")}

// links reports whether a process is seen to have such a library.
func links(pid int) bool {
	maps, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/maps")
	if err != nil {
		return false
	}
	for _, library := range embedders {
		if bytes.Contains(maps, library) {
			return true
		}
	}
	return false
}

// embeds reports whether a process has started another one that draws pages for
// it (proc(5), children).
func embeds(pid int) bool {
	lists, _ := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*/children")
	for _, list := range lists {
		children, _ := os.ReadFile(list)
		for _, child := range strings.Fields(string(children)) {
			name, _ := os.ReadFile("/proc/" + child + "/comm")
			if bytes.HasPrefix(name, []byte("WebKit")) || bytes.HasPrefix(name, []byte("bwrap")) {
				return true
			}
		}
	}
	return false
}
