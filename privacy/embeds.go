package privacy

import (
	"bytes"
	"os"
	"strconv"
)

// embedders are libraries whose pages another process draws, of which the
// program's own tree does not tell.
var embedders = [][]byte{[]byte("/libwebkit2gtk-"), []byte("/libwebkitgtk-"), []byte("/libWPEWebKit-")}

// embeds reports whether a process is seen to use such a library.
func embeds(pid int) bool {
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
