package encode

import (
	"image"
	"slices"
	"sync"
)

// Limits of what streams share.
const (
	mostShared  = 128     // JPEGs
	sharedBytes = 2 << 20 // of all of them
)

// jpegKey is what a JPEG is of, but for the pixels.
type jpegKey struct {
	area    image.Rectangle
	quality int
}

// madeJPEG is a JPEG that one stream makes or has made. It is good as long
// as none of its cells has changed since.
type madeJPEG struct {
	key      jpegKey
	since    uint64 // the last change of the canvas before it
	from, to int    // in the ring
	made, ok bool   // ok: not longer than allowed
}

// claim says who makes a JPEG.
type claim int

const (
	mine    claim = iota // to be published
	theirs               // to be awaited
	nobodys              // to be made and not shared: too many are
)

// madeJPEGs is what streams of a canvas have made for each other. The zero
// value is empty. It is safe for concurrent use by streams that read the canvas;
// what they claim they publish before they let go of it.
type madeJPEGs struct {
	mu   sync.Mutex
	made sync.Cond
	list []madeJPEG // the oldest first
	ring []byte
	end  int // of the newest in it
}

// claim tells who makes the JPEG of key, whose cells changed last with change
// newest; now is the canvas's last change.
func (s *madeJPEGs) claim(key jpegKey, newest, now uint64) claim {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := s.find(key); i >= 0 {
		if s.list[i].since >= newest {
			return theirs
		}
		s.list = slices.Delete(s.list, i, i+1)
	}
	if len(s.list) == mostShared {
		i := slices.IndexFunc(s.list, func(j madeJPEG) bool { return j.made })
		if i < 0 {
			return nobodys
		}
		s.list = slices.Delete(s.list, i, i+1)
	}
	s.list = append(s.list, madeJPEG{key: key, since: now})
	return mine
}

// find returns the index of a JPEG, or -1.
func (s *madeJPEGs) find(key jpegKey) int {
	return slices.IndexFunc(s.list, func(j madeJPEG) bool { return j.key == key })
}

// publish gives the others a JPEG that was claimed.
func (s *madeJPEGs) publish(key jpegKey, job *jpegJob) {
	s.mu.Lock()
	defer s.mu.Unlock()
	from := s.room(len(job.data))
	j := &s.list[s.find(key)]
	j.from, j.to, j.made, j.ok = from, from+len(job.data), true, job.ok
	copy(s.ring[from:], job.data)
	s.made.L = &s.mu
	s.made.Broadcast()
}

// room returns where in the ring n bytes have room, at most maxCode. What was
// there is forgotten.
func (s *madeJPEGs) room(n int) (from int) {
	if s.ring == nil {
		s.ring = make([]byte, sharedBytes)
	}
	if s.end+n > len(s.ring) {
		s.end = 0
	}
	from, s.end = s.end, s.end+n
	s.list = slices.DeleteFunc(s.list, func(j madeJPEG) bool { return j.from < s.end && j.to > from })
	return from
}

// await waits until a JPEG has been made, and gives it to the job. It returns
// false when it has been forgotten already.
func (s *madeJPEGs) await(key jpegKey, job *jpegJob) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made.L = &s.mu
	i := s.find(key)
	for i >= 0 && !s.list[i].made {
		s.made.Wait()
		i = s.find(key)
	}
	if i < 0 {
		return false
	}
	j := s.list[i]
	job.data, job.ok = append(job.data[:0], s.ring[j.from:j.to]...), j.ok
	return true
}
