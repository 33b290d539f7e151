package encode

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"
	"time"
)

// written returns the JPEG of a part of an image, which is the same in both ways.
func written(tb testing.TB, img *image.RGBA, area image.Rectangle) []byte {
	tb.Helper()
	var w jpegWriter
	data, ok := w.append(nil, bgrx(img), area, quality, math.MaxInt)
	if !ok {
		tb.Fatal("longer than any limit")
	}
	w.plain = true
	if plain, _ := w.append(nil, bgrx(img), area, quality, math.MaxInt); !bytes.Equal(plain, data) {
		tb.Fatalf("%v: %d bytes in the wide way, %d other ones in the plain way", area, len(data), len(plain))
	}
	return data
}

// bgrx returns an image as memory that is encoded from, X bytes not 0.
func bgrx(img *image.RGBA) raster {
	r := raster{make([]byte, len(img.Pix)), img.Stride}
	for i := 0; i < len(img.Pix); i += 4 {
		r.pix[i], r.pix[i+1], r.pix[i+2], r.pix[i+3] = img.Pix[i+2], img.Pix[i+1], img.Pix[i], byte(i)
	}
	return r
}

// distance is the root mean square of what a JPEG differs by from a part of an
// image, over all channels.
func distance(tb testing.TB, data []byte, img *image.RGBA, area image.Rectangle) float64 {
	tb.Helper()
	got, err := decodeJPEG(data, area.Size())
	if err != nil {
		tb.Fatal(err)
	}
	sum := 0.0
	for y := range area.Dy() {
		for x := range area.Dx() {
			a := color.RGBAModel.Convert(got.At(x, y)).(color.RGBA)
			b := img.RGBAAt(area.Min.X+x, area.Min.Y+y)
			for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
				sum += float64(d * d)
			}
		}
	}
	return math.Sqrt(sum / float64(3*area.Dx()*area.Dy()))
}

// Our JPEGs are as near to the picture as those of image/jpeg, and as short.
func TestJPEGIsAsGoodAsTheStandardOne(t *testing.T) {
	t.Parallel()
	img := photoOf(1, image.Rect(0, 0, 400, 300))
	for _, area := range []image.Rectangle{image.Rect(64, 32, 320, 288), image.Rect(3, 5, 180, 98), image.Rect(380, 290, 400, 300)} {
		var std bytes.Buffer
		if err := jpeg.Encode(&std, img.SubImage(area), &jpeg.Options{Quality: quality}); err != nil {
			t.Fatal(err)
		}
		ours := written(t, img, area)
		if n, most := len(ours), std.Len()+std.Len()/50+20; n > most {
			t.Errorf("%v: %d bytes, image/jpeg takes %d", area, n, std.Len())
		}
		d, most := distance(t, ours, img, area), 1.02*distance(t, std.Bytes(), img, area)
		if d > most || most > 6 {
			t.Errorf("%v: off by %.2f, image/jpeg by %.2f", area, d, most/1.02)
		}
	}
}

// Any quality that is asked for is one of a few; the better it is, the longer
// and the nearer a JPEG is.
func TestJPEGQualities(t *testing.T) {
	t.Parallel()
	for q, want := range map[int]int{math.MinInt: 10, 0: 10, 10: 10, 12: 10, 13: 15, 80: 80, 92: 90, 93: 95, 95: 95, math.MaxInt: 95} {
		if got := nearQuality(q); got != want {
			t.Errorf("%d becomes %d, want %d", q, got, want)
		}
	}
	img := photoOf(1, image.Rect(0, 0, 256, 256))
	size, far := 0, 100.0
	for q := leastQuality; q <= mostQuality; q += qualityStep {
		var w jpegWriter
		data, _ := w.append(nil, bgrx(img), img.Rect, q, math.MaxInt)
		if d := distance(t, data, img, img.Rect); d >= far || len(data) <= size {
			t.Errorf("quality %d: %d bytes, off by %.2f; before %d, %.2f", q, len(data), d, size, far)
		} else {
			size, far = len(data), d
		}
	}
}

// Areas of all sizes up to a few units, of one colour: all pixels come back,
// those at the edges too.
func TestJPEGOfAnySize(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 80, 60))
	for i := range 80 * 60 {
		img.Set(i%80, i/80, color.RGBA{200, 40, 90, 255})
	}
	for w := 1; w <= 37; w++ {
		for h := 1; h <= 37; h++ {
			area := image.Rect(80-w, 60-h, 80, 60)
			if d := distance(t, written(t, img, area), img, area); d > 3 {
				t.Errorf("%v: off by %.2f", area, d)
			}
		}
	}
}

// Hard content: every coefficient at its largest, long runs of zeros, bytes ff.
func TestJPEGOfAnyContent(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	contents := map[string]func(x, y int) color.RGBA{
		"noise": func(x, y int) color.RGBA {
			v := rnd.Uint32()
			return color.RGBA{byte(v), byte(v >> 8), byte(v >> 16), 255}
		},
		"checker": func(x, y int) color.RGBA { v := byte(255 * ((x + y) & 1)); return color.RGBA{v, v, v, 255} },
		"stripes": func(x, y int) color.RGBA { v := byte(255 * (x & 1)); return color.RGBA{v, 255 - v, v, 255} },
		"hues": func(x, y int) color.RGBA {
			return color.RGBA{byte(255 * (x / 8 & 1)), byte(255 * (y / 8 & 1)), byte(255 * (x / 32 & 1)), 255}
		},
		"dots":  func(x, y int) color.RGBA { v := byte(255 * (x % 8 / 7 * (y % 8 / 7))); return color.RGBA{v, v, v, 255} },
		"slope": func(x, y int) color.RGBA { return color.RGBA{byte(2 * x), byte(2 * y), byte(x + y), 255} },
	}
	for name, content := range contents {
		img := image.NewRGBA(image.Rect(0, 0, 128, 96))
		for i := range 128 * 96 {
			img.SetRGBA(i%128, i/128, content(i%128, i/128))
		}
		var std bytes.Buffer
		if err := jpeg.Encode(&std, img, &jpeg.Options{Quality: quality}); err != nil {
			t.Fatal(err)
		}
		d, most := distance(t, written(t, img, img.Rect), img, img.Rect), distance(t, std.Bytes(), img, img.Rect)
		if d > 1.05*most+1 {
			t.Errorf("%s: off by %.2f, image/jpeg by %.2f", name, d, most)
		}
	}
}

// A JPEG is given up when it is longer than allowed, and leaves nothing.
func TestJPEGLimit(t *testing.T) {
	t.Parallel()
	area := image.Rect(0, 0, 256, 256)
	img := photoOf(1, area)
	whole := len(written(t, img, area))
	var w jpegWriter
	before := []byte("before")
	if data, ok := w.append(before, bgrx(img), area, quality, whole); !ok || len(data) != len(before)+whole || !bytes.HasPrefix(data, before) {
		t.Fatalf("at its length: %v, %d bytes", ok, len(data))
	}
	if data, ok := w.append(before, bgrx(img), area, quality, whole/2); ok || !bytes.Equal(data, before) {
		t.Fatalf("over the limit: %v, %d bytes", ok, len(data))
	}
}

func TestHuffmanTablesAreWhole(t *testing.T) {
	t.Parallel()
	for i, h := range []huffman{lumaDC, lumaAC, chromaDC, chromaAC, filmLumaDC, filmLumaAC, filmChromaDC, filmChromaAC} {
		n, used := 0, 0
		for i, count := range h.counts {
			n += int(count)
			used += int(count) << (15 - i)
		}
		if used >= 1<<16 { // all ones is no code
			t.Errorf("table %d: %d codes of 16 bits too many", i, used+1-1<<16)
		}
		seen := map[uint8]bool{}
		for _, v := range h.values {
			seen[v] = true
		}
		if want := []int{12, 162}[i%2]; n != want || len(h.values) != want || len(seen) != want {
			t.Errorf("table %d: %d codes, %d values, %d different", i, n, len(h.values), len(seen))
		}
	}
}

// BenchmarkJPEG times our writer and image/jpeg in turn, at one quality: the best
// of all rounds, as others may be at work.
func BenchmarkJPEG(b *testing.B) {
	img := photo(1)
	area := image.Rect(300, 200, 1484, 760)
	src, part := bgrx(img), img.SubImage(area)
	for _, q := range []int{40, 80, 95} {
		b.Run(fmt.Sprintf("q%d", q), func(b *testing.B) {
			var w jpegWriter
			var ours []byte
			var std bytes.Buffer
			own, standard := time.Hour, time.Hour
			for b.Loop() {
				began := time.Now()
				ours, _ = w.append(ours[:0], src, area, q, math.MaxInt)
				own = min(own, time.Since(began))
				began = time.Now()
				std.Reset()
				if err := jpeg.Encode(&std, part, &jpeg.Options{Quality: q}); err != nil {
					b.Fatal(err)
				}
				standard = min(standard, time.Since(began))
			}
			perPixel(b, "own", own, area, len(ours))
			perPixel(b, "standard", standard, area, std.Len())
			b.ReportMetric(float64(standard)/float64(own), "times-as-fast")
			b.ReportMetric(decibels(distance(b, ours, img, area)), "own-dB")
			b.ReportMetric(decibels(distance(b, std.Bytes(), img, area)), "standard-dB")
		})
	}
}

// BenchmarkJPEGOfScreen times a picture of a film on the whole screen, on one
// core, in both ways: the best of all rounds.
func BenchmarkJPEGOfScreen(b *testing.B) {
	src := imageOf(landscape(desktop.Dx(), desktop.Dy())).pix
	for _, way := range []string{"wide", "plain"} {
		for _, q := range []int{40, 60, 80, 95} {
			b.Run(fmt.Sprintf("%s/q%d", way, q), func(b *testing.B) {
				w := jpegWriter{plain: way == "plain"}
				var data []byte
				best := time.Hour
				b.ReportAllocs()
				for b.Loop() {
					began := time.Now()
					data, _ = w.append(data[:0], src, desktop, q, math.MaxInt)
					best = min(best, time.Since(began))
				}
				b.ReportMetric(best.Seconds()*1e3, "best-ms")
				b.ReportMetric(float64(4*desktop.Dx()*desktop.Dy())/1e6/best.Seconds(), "best-MB/s")
				b.ReportMetric(float64(len(data)), "B")
			})
		}
	}
}

func decibels(distance float64) float64 { return 20 * math.Log10(255/distance) }

// perPixel reports what a pixel of area costs.
func perPixel(b *testing.B, who string, took time.Duration, area image.Rectangle, size int) {
	px := float64(area.Dx() * area.Dy())
	b.ReportMetric(float64(took.Nanoseconds())/px, who+"-ns/px")
	b.ReportMetric(float64(size)/px, who+"-B/px")
}
