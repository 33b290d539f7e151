package encode

import (
	"bytes"
	"compress/flate"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"telestrator/protocol"
)

// somewhat is data that deflate shortens, and that repeats over long distances.
func somewhat(rnd *rand.Rand, n int) []byte {
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(rnd.Uint32N(7))
		if i > 40000 && i/1000%3 == 0 {
			data[i] = data[i-30000]
		}
	}
	return data
}

// Chunks of all sizes come back, those that end where flate's window does too.
func TestChunks(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	var d deflater
	var f inflater
	for stream := range 3 {
		if err := d.reset(); err != nil {
			t.Fatal(err)
		}
		f.reset()
		for _, n := range []int{1, 20, 100, window - 121, window, window, 2*window + 1, window - 1, 3 * window, maxCode, 5} {
			data := somewhat(rnd, n)
			d.recycle()
			chunk, err := d.chunk(data)
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.chunk(chunk, n)
			if err != nil || !bytes.Equal(got, data) {
				t.Fatalf("stream %d, %d bytes: %v", stream, n, err)
			}
			if len(f.out) > window+n {
				t.Fatalf("%d bytes are kept", len(f.out))
			}
		}
	}
}

// Chunks refer to the ones before them, so that what repeats costs little.
func TestChunksShareTheWindow(t *testing.T) {
	t.Parallel()
	var d deflater
	if err := d.reset(); err != nil {
		t.Fatal(err)
	}
	data := somewhat(seeded(t), 5000)
	first, err := d.chunk(data)
	if err != nil {
		t.Fatal(err)
	}
	second, err := d.chunk(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(second) > len(first)/10 {
		t.Fatalf("%d bytes, and again %d", len(first), len(second))
	}
	// In one stream, as a browser reads it.
	whole := flate.NewReader(bytes.NewReader(slices.Concat(first, second)))
	got := make([]byte, 2*len(data))
	if _, err := whole.Read(got[:0]); err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(got); {
		m, err := whole.Read(got[n:])
		if n += m; err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got, slices.Concat(data, data)) {
		t.Fatal("other bytes in one stream")
	}
}

// However few tiles a chunk has, what comes after it refers to what came before,
// and a chunk that is filled up inflates to the tiles again and again.
func TestFewTilesKeepTheWindow(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	for _, n := range []int{1, 9, 63, leastWrite - 1, leastWrite, leastWrite + 1} {
		var d deflater
		var f inflater
		if err := d.reset(); err != nil {
			t.Fatal(err)
		}
		f.reset()
		long, few := somewhat(rnd, 5000), somewhat(rnd, n)
		sizes := []int{}
		for _, code := range [][]byte{long, few, few, long} {
			chunk, inflated, err := d.tiles(code)
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.chunk(chunk, inflated)
			if err != nil || inflated >= leastWrite+len(code) || !bytes.Equal(got, bytes.Repeat(code, inflated/len(code))) {
				t.Fatalf("%d bytes inflate to %d: %v", len(code), inflated, err)
			}
			sizes = append(sizes, len(chunk))
		}
		if sizes[3] > sizes[0]/10 || n >= 63 && sizes[2] > sizes[1]/2 {
			t.Fatalf("around %d bytes, chunks take %v", n, sizes)
		}
	}
}

func TestChunksRefused(t *testing.T) {
	t.Parallel()
	data := somewhat(seeded(t), 3000)
	chunk := flush(t, data)
	final := closed(t, data)
	cases := []struct {
		name  string
		chunk []byte
		size  int
		want  error
	}{
		{"as it is", chunk, 3000, nil},
		{"nothing", nil, 0, nil},
		{"nothing stated", chunk, 0, errEmpty},
		{"nothing there", nil, 3000, errEmpty},
		{"one byte too few", chunk, 3001, errShort},
		{"one byte too many", chunk, 2999, errMore},
		{"a second chunk", slices.Concat(chunk, chunk), 3000, errMore},
		{"two chunks in one", slices.Concat(chunk, chunk), 6000, nil},
		{"a second flush", slices.Concat(chunk, []byte{0, 0, 0, 0xff, 0xff}), 3000, nil},
		{"no flush", chunk[:len(chunk)-4], 3000, errUnflushed},
		{"half a flush", chunk[:len(chunk)-1], 3000, errUnflushed},
		{"final", final, 3000, errFinal},
		{"after the end", slices.Concat(final, flushed), 3000, errFinal},
		{"the largest", flush(t, make([]byte, protocol.MaxInflated)), protocol.MaxInflated, nil},
		{"larger", flush(t, make([]byte, protocol.MaxInflated+1)), protocol.MaxInflated + 1, errLarge},
		{"a bomb", flush(t, make([]byte, 8<<20)), 100, errMore},
	}
	for _, c := range cases {
		var f inflater
		got, err := f.chunk(c.chunk, c.size)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if err == nil && len(got) != c.size {
			t.Errorf("%s: %d bytes", c.name, len(got))
		}
		if limit := protocol.MaxInflated + window; cap(f.out) > 2*limit {
			t.Errorf("%s: took %d bytes of memory", c.name, cap(f.out))
		}
	}
}

// A chunk that lost bytes is refused, wherever they were, and even where
// something like a flush stands in their place. Only the flush itself can be
// another one.
func TestCutChunks(t *testing.T) {
	t.Parallel()
	data := somewhat(seeded(t), 300)
	chunk := flush(t, data)
	for n := range len(chunk) {
		for _, cut := range [][]byte{chunk[:n], slices.Concat(chunk[:n], flushed)} {
			var f inflater
			if got, err := f.chunk(cut, 300); err == nil && !bytes.Equal(got, data) {
				t.Errorf("%d of %d bytes are taken", n, len(chunk))
			}
		}
	}
}

// A block may hide what looks like a flush, and count on bytes to come.
func TestChunksEndBetweenBlocks(t *testing.T) {
	t.Parallel()
	inside := []byte{0, 0, 0xff, 0xff}
	for final := range byte(2) {
		for more := range 9 {
			n := byte(len(inside) + more)
			chunk := slices.Concat([]byte{final, n, 0, ^n, 0xff}, inside)
			for size := 1; size < 12; size++ {
				var f inflater
				if _, err := f.chunk(chunk, size); err == nil {
					t.Errorf("final %d, %d more: %d bytes are taken", final, more, size)
				}
			}
		}
	}
}

func flush(tb testing.TB, data []byte) []byte {
	tb.Helper()
	var d deflater
	if err := d.reset(); err != nil {
		tb.Fatal(err)
	}
	chunk, err := d.chunk(data)
	if err != nil {
		tb.Fatal(err)
	}
	return chunk
}

// closed is a complete deflate stream.
func closed(tb testing.TB, data []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 1)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// Any bytes are an error or as many bytes as stated.
func TestBrokenChunks(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	whole := flush(t, somewhat(rnd, 4000))
	for range rounds(5000) {
		chunk := bytes.Clone(whole)
		for range 1 + rnd.IntN(3) {
			chunk[rnd.IntN(len(chunk)-4)] ^= 1 << rnd.IntN(8)
		}
		var f inflater
		if got, err := f.chunk(chunk, 4000); err == nil && len(got) != 4000 {
			t.Fatalf("%d bytes", len(got))
		}
	}
}
