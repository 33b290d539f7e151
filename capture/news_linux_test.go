package capture

import "testing"

// TestNewsLimit: as many windows as may be are named, one more means all.
func TestNewsLimit(t *testing.T) {
	t.Parallel()
	for name, say := range map[string]func(n *news, window uint32){
		"changed": func(n *news, window uint32) { n.change(window, true) },
		"drawn":   func(n *news, window uint32) { n.drew(window) },
	} {
		var n news
		var said told
		for i := range uint32(maxNews) {
			say(&n, i)
			say(&n, i)
		}
		n.take(&said)
		if said.all || len(said.changed)+len(said.drawn) != maxNews {
			t.Errorf("%s: at the limit all is %v, %d named", name, said.all, len(said.changed)+len(said.drawn))
		}
		for i := range uint32(maxNews + 1) {
			say(&n, i)
		}
		if n.take(&said); !said.all || len(said.changed)+len(said.drawn) > maxNews {
			t.Errorf("%s: past the limit all is %v, %d named", name, said.all, len(said.changed)+len(said.drawn))
		}
		if n.take(&said); said.all || len(said.changed)+len(said.drawn) != 0 {
			t.Errorf("%s: news was told twice", name)
		}
	}
}
