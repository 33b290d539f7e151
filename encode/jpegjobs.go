package encode

import (
	"image"
	"runtime"
	"sync"
	"sync/atomic"
)

// jpegJob is a JPEG to be made.
type jpegJob struct {
	area    image.Rectangle
	data    []byte // made; kept for the next job
	ok      bool   // not longer than allowed
	pending bool   // another stream makes the same
}

// limit is the most bytes that the JPEG may have: a byte a pixel, which is less
// than half of what tiles of it would take, and what an update has room for.
func (j *jpegJob) limit() int { return min(j.area.Dx()*j.area.Dy(), maxCode) }

// jpegJobs makes the JPEGs of one moment, on as many cores as are free. The
// canvas is locked for reading meanwhile. What it makes does not depend on the
// cores, nor on what is shared. Its memory is used again.
type jpegJobs struct {
	list    []jpegJob
	canvas  *Canvas
	quality int
	writers []*jpegWriter // one for each worker
	work    func()        // takes jobs until there are none
	next    atomic.Int32  // job
	workers atomic.Int32
	done    sync.WaitGroup
	spare   []byte // of a JPEG beside the jobs
}

// begin forgets all jobs.
func (b *jpegJobs) begin(c *Canvas, quality int) {
	b.canvas, b.quality, b.list = c, nearQuality(quality), b.list[:0]
	if b.work == nil {
		b.work = b.help
	}
}

// add adds a job, with the memory of an earlier one.
func (b *jpegJobs) add(area image.Rectangle) {
	if n := len(b.list); n < cap(b.list) {
		b.list = b.list[:n+1]
	} else {
		b.list = append(b.list, jpegJob{})
	}
	j := &b.list[len(b.list)-1]
	*j = jpegJob{area: area, data: j.data[:0]}
}

// helping is how many goroutines help streams with their jobs: together with
// one stream, as many as there are cores.
var helping atomic.Int32

// hire returns whether there is a core for one more.
func hire() bool {
	if int(helping.Add(1)) < runtime.GOMAXPROCS(0) {
		return true
	}
	helping.Add(-1)
	return false
}

// run does all jobs.
func (b *jpegJobs) run() {
	for len(b.writers) < max(runtime.GOMAXPROCS(0), 1) {
		b.writers = append(b.writers, new(jpegWriter))
	}
	b.next.Store(0)
	b.workers.Store(1)
	for n := 1; n < min(len(b.list), len(b.writers)) && hire(); n++ {
		b.done.Add(1)
		go b.work()
	}
	b.take(b.writers[0])
	b.done.Wait()
	for i := range b.list {
		if j := &b.list[i]; j.pending && !b.canvas.jpegs.await(b.key(j), j) {
			b.make(b.writers[0], j)
		}
	}
}

// help is work in a goroutine of its own.
func (b *jpegJobs) help() {
	b.take(b.writers[b.workers.Add(1)-1])
	helping.Add(-1)
	b.done.Done()
}

// take does jobs that nobody has begun, until there are none.
func (b *jpegJobs) take(w *jpegWriter) {
	for n := int(b.next.Add(1)) - 1; n < len(b.list); n = int(b.next.Add(1)) - 1 {
		b.do(w, &b.list[n])
	}
}

// do does a job, unless another stream has done it, or is about to.
func (b *jpegJobs) do(w *jpegWriter, j *jpegJob) {
	c := b.canvas
	if len(c.streams) == 1 {
		b.make(w, j)
		return
	}
	switch c.jpegs.claim(b.key(j), c.history.newest(c.grid, j.area), c.history.count) {
	case mine:
		b.make(w, j)
		c.jpegs.publish(b.key(j), j)
	case theirs:
		j.pending = true
	case nobodys:
		b.make(w, j)
	}
}

func (b *jpegJobs) key(j *jpegJob) jpegKey { return jpegKey{j.area, b.quality} }

func (b *jpegJobs) make(w *jpegWriter, j *jpegJob) {
	j.data, j.ok = w.append(j.data[:0], b.canvas.ref, j.area, b.quality, j.limit())
}

// one makes a JPEG of at most a cell at once, valid until the next one.
func (b *jpegJobs) one(area image.Rectangle) []byte {
	if len(b.writers) == 0 {
		b.writers = append(b.writers, new(jpegWriter))
	}
	b.spare, _ = b.writers[0].append(b.spare[:0], b.canvas.ref, area, b.quality, maxCode)
	return b.spare
}
