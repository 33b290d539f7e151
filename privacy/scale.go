package privacy

import (
	"image"
	"math"
	"slices"
)

// scaler makes pictures smaller. A pixel is the mean of the pixels that it
// stands for and of their neighbours, weighted by a triangle: the filter that
// golang.org/x/image/draw calls BiLinear, in whole numbers and only where
// something has changed. Weights add up to exactly one, so flat stays flat.
type scaler struct {
	across, down axis
	row          []uint64 // of the large picture
	rows         []uint64 // scaled across
	sum          []uint64 // a row of them, weighted
}

// Pixels are spread over 64 bits for it: blue, green and red have 21 bits each,
// so that one multiplication weighs all three.
const (
	lane  = 21
	lanes = 0xff | 0xff<<lane | 0xff<<(2*lane)
	one   = 1 << 13 // of weights: 255 of them are less than a lane holds
	half  = (1 | 1<<lane | 1<<(2*lane)) * one / 2
	band  = 32 // rows that are made together
)

// spread is a pixel in lanes.
func spread(p uint32) uint64 {
	return uint64(p&0xff) | uint64(p&0xff00)<<(lane-8) | uint64(p&0xff0000)<<(2*lane-16)
}

// gather puts lanes together.
func gather(v uint64) uint32 {
	return uint32(v&0xff | v>>(lane-8)&0xff00 | v>>(2*lane-16)&0xff0000)
}

// whole takes weighted lanes as parts of one.
func whole(sum uint64) uint64 { return (sum + half) / one & lanes }

// axis is how pixels along one side are made: pixel i of those from first[i] to
// below end[i]. Both ascend.
type axis struct {
	first   []int
	end     []int
	weights [][]uint64 // in parts of one
}

func newScaler(from, to image.Point) scaler {
	return scaler{across: newAxis(from.X, to.X), down: newAxis(from.Y, to.Y)}
}

// newAxis scales from pixels to n, at least 1 and not more.
func newAxis(from, n int) axis {
	a := axis{make([]int, n), make([]int, n), make([][]uint64, n)}
	scale := float64(from) / float64(n)
	for i := range n {
		middle := (float64(i)+0.5)*scale - 0.5
		first := max(int(math.Floor(middle-scale))+1, 0)
		last := min(int(math.Ceil(middle+scale))-1, from-1)
		a.first[i], a.end[i], a.weights[i] = first, last+1, triangle(first, last, middle, scale)
	}
	return a
}

// triangle returns the weights of the pixels first to last.
func triangle(first, last int, middle, reach float64) []uint64 {
	weights := make([]uint64, last-first+1)
	height := func(i int) float64 { return 1 - math.Abs(float64(first+i)-middle)/reach }
	all := 0.0
	for i := range weights {
		all += height(i)
	}
	sum, given := 0.0, uint64(0)
	for i := range weights {
		sum += height(i)
		share := uint64(math.Round(sum / all * one))
		weights[i], given = share-given, share
	}
	return weights
}

// touched returns which pixels are made of any from low to below high.
func (a axis) touched(low, high int) (first, end int) {
	first, _ = slices.BinarySearch(a.end, low+1)
	end, _ = slices.BinarySearch(a.first, high)
	return first, end
}

// touched returns what of the scaled picture r, of the large one, has a part in.
func (s *scaler) touched(r image.Rectangle) image.Rectangle {
	x0, x1 := s.across.touched(r.Min.X, r.Max.X)
	y0, y1 := s.down.touched(r.Min.Y, r.Max.Y)
	return image.Rect(x0, y0, x1, y1)
}

// scale makes r of dst, of what lies from corner on in src.
func (s *scaler) scale(dst *Picture, r image.Rectangle, src *Picture, corner image.Point) {
	for y := r.Min.Y; y < r.Max.Y; y += band {
		s.scaleBand(dst, image.Rect(r.Min.X, y, r.Max.X, min(y+band, r.Max.Y)), src, corner)
	}
}

func (s *scaler) scaleBand(dst *Picture, r image.Rectangle, src *Picture, corner image.Point) {
	first, end, n := s.down.first[r.Min.Y], s.down.end[r.Max.Y-1], r.Dx()
	x0, x1 := s.across.first[r.Min.X], s.across.end[r.Max.X-1]
	s.row, s.rows, s.sum = room(s.row, x1), room(s.rows, n*(end-first)), room(s.sum, n)
	for y := first; y < end; y++ {
		row := src.pix[(corner.Y+y)*src.stride+4*corner.X:][:4*x1]
		for x := x0; x < x1; x++ {
			s.row[x] = spread(le.Uint32(row[4*x:]))
		}
		s.shrink(s.rows[n*(y-first):][:n], r.Min.X)
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		s.blend(s.rows[n*(s.down.first[y]-first):], s.down.weights[y])
		for i, out := 0, dst.span(r, y); i < n; i++ {
			v := whole(s.sum[i])
			le.PutUint32(out[4*i:], gather(v))
		}
	}
}

// room returns a buffer of n at least.
func room(buffer []uint64, n int) []uint64 {
	if n > cap(buffer) {
		return make([]uint64, n)
	}
	return buffer[:n]
}

// shrink scales the row across, from pixel x of the picture on.
func (s *scaler) shrink(to []uint64, x int) {
	for i := range to {
		weights := s.across.weights[x+i]
		from, sum := s.row[s.across.first[x+i]:][:len(weights)], uint64(0)
		for j, w := range weights {
			sum += from[j] * w
		}
		to[i] = whole(sum)
	}
}

// blend sums as many rows as there are weights.
func (s *scaler) blend(rows []uint64, weights []uint64) {
	clear(s.sum)
	for j, w := range weights {
		row := rows[j*len(s.sum):][:len(s.sum)]
		for i := range s.sum {
			s.sum[i] += row[i] * w
		}
	}
}
