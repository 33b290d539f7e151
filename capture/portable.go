package capture

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"image"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// AllDisplays in place of a display's number means all of them, in one picture.
const AllDisplays = -1

// The portable source has to look in order to know whether anything changed,
// and every look fetches and compares all pixels. It looks not more often than
// every pollEvery, and not longer than one pollShare-th of the time.
const (
	pollEvery = 100 * time.Millisecond
	pollShare = 10
)

// portable is the Source of a platform that has none of its own. It knows
// nothing but how to take a picture of everything.
//
// Run looks for changes only when the caller has grabbed since the last one was
// told: a picture that nobody takes is compared with no other. While a caller
// waits at a still screen the looks go on, and that is what they cost: up to a
// tenth of one processor.
type portable struct {
	shoot func() (shot, error)

	changed chan struct{} // capacity 1
	grabbed chan struct{} // capacity 1: from Grab to Run
	ended   chan struct{} // closed by Close and at the end of Run
	end     sync.Once
	seen    atomic.Uint64 // what the last Grab saw, as a hash; 0: nothing

	// Grab's.
	last     shot
	mirror   picture
	size     image.Point
	monitors []image.Rectangle
}

// shot is a picture of all that is shown.
type shot struct {
	img      *image.RGBA       // at (0,0)
	monitors []image.Rectangle // in it, the primary one first
}

// OpenPortable watches a display by its number, or AllDisplays, in the way that
// works wherever the library github.com/kbinani/screenshot does. It is for
// platforms without a source of their own: whole pictures are fetched and
// compared, tens of times the cost of a source that is told what changed. The
// cursor is not known. A display that cannot be read at the moment is not gone:
// Changed receives when it can be again.
func OpenPortable(display int) (Source, error) {
	p := newPortable(func() (shot, error) { return shoot(display) })
	if _, err := p.shoot(); err != nil {
		return nil, err
	}
	return p, nil
}

func newPortable(shoot func() (shot, error)) *portable {
	p := &portable{shoot: shoot, changed: make(chan struct{}, 1), grabbed: make(chan struct{}, 1), ended: make(chan struct{})}
	p.wake()
	return p
}

// Run implements Source.
func (p *portable) Run(ctx context.Context) error {
	defer p.wake() // so that a waiting caller learns that the screen is gone
	defer p.Close()
	look := time.NewTimer(pollEvery)
	look.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-p.ended:
			return ErrGone
		case <-p.grabbed:
			look.Reset(pollEvery)
		case <-look.C:
			began := time.Now()
			if p.differs() {
				p.wake()
			} else {
				look.Reset(max(pollEvery, (pollShare-1)*time.Since(began)))
			}
		}
	}
}

// differs reports whether the screen is another one than the last Grab saw.
func (p *portable) differs() bool {
	now, err := p.shoot()
	return err == nil && now.hash() != p.seen.Load()
}

// Changed implements Source.
func (p *portable) Changed() <-chan struct{} { return p.changed }

func (p *portable) wake() { notify(p.changed) }

// Close implements Source.
func (p *portable) Close() error {
	p.end.Do(func() { close(p.ended) })
	return nil
}

// Grab implements Source.
func (p *portable) Grab(f *Frame) error {
	f.Damage, f.Reset, f.Cursor = f.Damage[:0], false, nil
	select {
	case <-p.ended:
		return ErrGone
	default:
	}
	defer notify(p.grabbed)
	now, err := p.shoot()
	if err != nil {
		p.seen.Store(0)
		return err
	}
	p.seen.Store(now.hash())
	p.take(f, now)
	return nil
}

// take brings the mirror up to date with a picture and describes it.
func (p *portable) take(f *Frame, now shot) {
	bounds := now.img.Rect
	if bounds.Size() != p.size || !slices.Equal(now.monitors, p.monitors) {
		p.size, p.monitors, p.mirror = bounds.Size(), now.monitors, newPicture(bounds.Size())
		f.Reset, f.Damage, f.Cursor = true, append(f.Damage, bounds), &Cursor{Pix: []byte{}}
	} else {
		f.Damage = simplify(changes(f.Damage, p.last.img, now.img))
	}
	for _, r := range f.Damage {
		p.mirror.swap(now.img, r)
	}
	p.last = now
	f.Pix, f.Stride, f.Size = p.mirror.pix, p.mirror.stride, p.size
	f.Monitors = append(f.Monitors[:0], p.monitors...)
}

var seed = maphash.MakeSeed()

// hash is never 0.
func (s shot) hash() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, r := range append([]image.Rectangle{s.img.Rect}, s.monitors...) {
		maphash.WriteComparable(&h, r)
	}
	h.Write(s.img.Pix)
	return h.Sum64() | 1
}

// errBlind says that a display cannot be read.
var errBlind = errors.New("no display can be read at the moment")

// unsupported says in one sentence why there is no picture of this display.
func unsupported(why string) error {
	return fmt.Errorf("capture: taking pictures of the screen is %w: %s", ErrUnsupported, why)
}
