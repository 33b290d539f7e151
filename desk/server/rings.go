package server

import (
	"crypto/rand"
	"crypto/subtle"
	"sync"
	"time"

	"telestrator/desk/frame"
)

// The life of a code.
const (
	codeLife  = 10 * time.Minute
	maxWrong  = 5      // wrong secrets burn a code
	noSecret  = "...." // compared with when there is no such ring
	codeChars = len(frame.CodeAlphabet)
)

// rings are the codes that open a connection now, one a device at most. All
// methods may be called at any time.
type rings struct {
	limit int

	mu       sync.Mutex
	byName   map[string]*ring // by the first half of the code
	byDevice map[*device]*ring
}

// ring is one code and whose it is.
type ring struct {
	name, secret string // the halves of the code
	device       *device
	number       uint32 // as the device counts its rings
	expires      time.Time
	wrong        int // secrets tried so far
}

func newRings(limit int) *rings {
	return &rings{limit: limit, byName: make(map[string]*ring), byDevice: make(map[*device]*ring)}
}

// open makes a new code for a device and voids its older one. Without room it
// gives none, and the older one is void all the same.
func (b *rings) open(d *device, number uint32) (code string, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.remove(b.byDevice[d])
	if len(b.byName) >= b.limit {
		b.sweep()
	}
	if len(b.byName) >= b.limit {
		return "", false
	}
	code = newCode()
	for b.byName[code[:frame.CodeRing]] != nil {
		code = newCode()
	}
	r := &ring{
		name: code[:frame.CodeRing], secret: code[frame.CodeRing:],
		device: d, number: number, expires: time.Now().Add(codeLife),
	}
	b.byName[r.name], b.byDevice[d] = r, r
	return code, true
}

// verdict is what trying a code has led to.
type verdict int

const (
	wrong verdict = iota
	right         // and the code is used up
	burnt         // wrong once too often
)

// try uses a code. It gives the ring that the code has opened or burnt, and
// takes the same time whether there is such a ring or not.
func (b *rings) try(code string) (*ring, verdict) {
	name, secret := code[:frame.CodeRing], code[frame.CodeRing:]
	b.mu.Lock()
	defer b.mu.Unlock()
	r, expected := b.byName[name], noSecret
	if r != nil && !time.Now().Before(r.expires) {
		b.remove(r)
		r = nil
	}
	if r != nil {
		expected = r.secret
	}
	equal := subtle.ConstantTimeCompare([]byte(secret), []byte(expected)) == 1
	return b.judge(r, equal)
}

func (b *rings) judge(r *ring, equal bool) (*ring, verdict) {
	if r == nil {
		return nil, wrong
	}
	if equal {
		b.remove(r)
		return r, right
	}
	if r.wrong++; r.wrong < maxWrong {
		return nil, wrong
	}
	b.remove(r)
	return r, burnt
}

// cancel voids the code of a ring, if it is still the device's last.
func (b *rings) cancel(d *device, number uint32) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.byDevice[d]; r != nil && r.number == number {
		b.remove(r)
	}
}

// close voids the code of a device, if it has one.
func (b *rings) close(d *device) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.remove(b.byDevice[d])
}

// remove needs the lock; nil is no ring.
func (b *rings) remove(r *ring) {
	if r != nil {
		delete(b.byName, r.name)
		delete(b.byDevice, r.device)
	}
}

// sweep removes what has expired. It needs the lock.
func (b *rings) sweep() {
	for _, r := range b.byName {
		if !time.Now().Before(r.expires) {
			b.remove(r)
		}
	}
}

// newCode makes a code from the system's randomness: 20 bits to choose the
// ring, 20 bits of secret.
func newCode() string {
	code := make([]byte, frame.CodeLength)
	rand.Read(code) // never fails
	for i := range code {
		code[i] = frame.CodeAlphabet[int(code[i])%codeChars] // 256 is a multiple of 32
	}
	return string(code)
}
