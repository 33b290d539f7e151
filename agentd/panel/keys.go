package panel

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"sync"
	"time"
)

// tokenBytes is the length of a token: 256 bits.
const tokenBytes = 32

// holder says whose token a request carries.
type holder int

const (
	nobody holder = iota
	tab
	master
)

// digest stands in for a secret, so that looking one up takes the same time
// whatever it is, and memory holds none that would open anything.
type digest [sha256.Size]byte

func digestOf(secret string) digest { return sha256.Sum256([]byte(secret)) }

// keys holds what opens the panel: the master token, one-time codes that have
// not been used, and one token for each tab that used one.
type keys struct {
	master digest

	mu    sync.Mutex
	codes map[digest]time.Time // made
	tabs  map[digest]time.Time // last used
}

func newKeys(masterToken string) *keys {
	return &keys{
		master: digestOf(masterToken),
		codes:  make(map[digest]time.Time),
		tabs:   make(map[digest]time.Time),
	}
}

// newCode makes a one-time code. Above maxLinks the oldest one goes.
func (k *keys) newCode() string {
	code := rand.Text()
	k.mu.Lock()
	defer k.mu.Unlock()
	makeRoom(k.codes, maxLinks)
	k.codes[digestOf(code)] = time.Now()
	return code
}

// exchange uses up a code and makes a token for the tab that sent it. Above
// maxTabs the tab goes that has been idle longest.
func (k *keys) exchange(code string) (token string, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	d := digestOf(code)
	made, ok := k.codes[d]
	delete(k.codes, d)
	if !ok || time.Since(made) > linkTime {
		return "", false
	}
	token = newToken()
	makeRoom(k.tabs, maxTabs)
	k.tabs[digestOf(token)] = time.Now()
	return token, true
}

// holder says whose token this is and notes that it was used.
func (k *keys) holder(token string) holder {
	d := digestOf(token)
	if subtle.ConstantTimeCompare(d[:], k.master[:]) == 1 {
		return master
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.tabs[d]; !ok {
		return nobody
	}
	k.tabs[d] = time.Now()
	return tab
}

// makeRoom removes the oldest entry when there is no room for one more.
func makeRoom(m map[digest]time.Time, limit int) {
	if len(m) < limit {
		return
	}
	var oldest digest
	found := false
	for d, at := range m {
		if !found || at.Before(m[oldest]) {
			oldest, found = d, true
		}
	}
	delete(m, oldest)
}

func newToken() string {
	var b [tokenBytes]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// validToken reports whether s has the form of a token.
func validToken(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == tokenBytes
}
