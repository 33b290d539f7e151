package encode

import "sync"

// What is kept of tiles for other streams, all of it bounded.
const (
	shelves    = 64       // cells are spread over them, so that streams rarely wait for each other
	shelfBytes = 64 << 10 // of codes on each: together four of the largest moments
	places     = 2        // parts of one cell: that of a fast viewer and that of a slow one
)

// sharing is the tiles that the streams of a canvas have made of its cells. A
// tile means the same in any stream: whoever comes first makes it, the others
// take it. While there is only one stream, nothing is kept.
//
// Only a Compare, which excludes all streams, changes what is not on a shelf.
type sharing struct {
	count   uint64   // of comparisons that found something
	changed []uint64 // of each cell, the last of them: the same number, the same pixels
	shelves []shelf  // none while nothing is kept
	tiles   []sharedTile
}

// shelf holds the codes of some cells, the newest of them. Its lock is held
// while a tile is made, so that two streams do not make the same.
type shelf struct {
	mu    sync.Mutex
	codes [shelfBytes]byte // a ring
	end   uint64           // bytes put here so far
}

// sharedTile is what is known of a part of a cell. The cell's shelf guards it.
type sharedTile struct {
	change uint64
	part   patch
	size   int    // of its code, 0 when there is none
	at     uint64 // bytes before it on the shelf
	photo  look
}

// look is whether something looks like a photograph.
type look uint8

const (
	unknown look = iota
	photograph
	drawing
)

// resize makes room for a picture of n cells, of which nothing is known.
func (s *sharing) resize(n int) {
	s.changed = make([]uint64, n)
	if len(s.shelves) > 0 {
		s.tiles = make([]sharedTile, places*n)
	}
}

// between begins or ends keeping, for so many streams.
func (s *sharing) between(streams int) {
	switch {
	case streams < 2:
		s.shelves, s.tiles = nil, nil
	case len(s.shelves) == 0:
		s.shelves, s.tiles = make([]shelf, shelves), make([]sharedTile, places*len(s.changed))
	}
}

// note notes that these cells changed.
func (s *sharing) note(cells []int) {
	s.count++
	for _, i := range cells {
		s.changed[i] = s.count
	}
}

// hold returns what is known of a part of cell i, for the caller alone until
// it lets go. It is nothing when nothing is kept.
func (s *sharing) hold(i int, part patch) (h held) {
	if len(s.shelves) == 0 {
		return h
	}
	h.shelf = &s.shelves[i%shelves]
	h.shelf.mu.Lock()
	h.tile = find(s.tiles[places*i:places*(i+1)], s.changed[i], part)
	return h
}

// find returns the entry of a part, which is anew and in place of the one used
// longest ago when there is none.
func find(tiles []sharedTile, change uint64, part patch) *sharedTile {
	for k := range tiles {
		if t := &tiles[k]; t.change == change && t.part == part {
			tiles[0], tiles[k] = tiles[k], tiles[0]
			return &tiles[0]
		}
	}
	copy(tiles[1:], tiles)
	tiles[0] = sharedTile{change: change, part: part}
	return &tiles[0]
}

// held is a sharedTile that nobody else reads or writes.
type held struct {
	shelf *shelf
	tile  *sharedTile
}

func (h held) letGo() {
	if h.shelf != nil {
		h.shelf.mu.Unlock()
	}
}

// take appends the part's tile to dst, if it is still there.
func (h held) take(dst []byte) ([]byte, bool) {
	if h.tile == nil || h.tile.size == 0 || h.shelf.end-h.tile.at > shelfBytes {
		return dst, false
	}
	from, size := int(h.tile.at%shelfBytes), h.tile.size
	first := min(size, shelfBytes-from)
	dst = append(dst, h.shelf.codes[from:from+first]...)
	return append(dst, h.shelf.codes[:size-first]...), true
}

// photo tells whether the part looks like a photograph, if that is known.
func (h held) photo() (ok, known bool) {
	if h.tile == nil {
		return false, false
	}
	return h.tile.photo == photograph, h.tile.photo != unknown
}

// judge keeps whether it does.
func (h held) judge(ok bool) {
	switch {
	case h.tile == nil:
	case ok:
		h.tile.photo = photograph
	default:
		h.tile.photo = drawing
	}
}

// put keeps the part's tile, which displaces the oldest.
func (h held) put(tile []byte) {
	if h.tile == nil {
		return
	}
	h.tile.at, h.tile.size = h.shelf.end, len(tile)
	from := int(h.shelf.end % shelfBytes)
	copy(h.shelf.codes[:], tile[copy(h.shelf.codes[from:], tile):])
	h.shelf.end += uint64(len(tile))
}
