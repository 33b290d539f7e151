package agentd

import "time"

// beat is the least time between two pictures on the average. It is a little
// less than that of a screen with 60 Hz: a program that paints so often never
// waits for long, although some of its pictures are caught in two pieces.
const beat = time.Second / 66

// tempo holds pictures to the beat on the average, and keeps no clock: a change
// that comes early, because the last one came late, goes at once. It is the
// generic cell rate algorithm of ITU-T I.371 with a tolerance of one picture.
type tempo struct{ due time.Time } // of the next picture, were they evenly spread

// wait is how long the next picture has to wait from now on; not at all if it
// is not above 0.
func (t *tempo) wait(now time.Time) time.Duration { return t.due.Sub(now.Add(beat)) }

// took notes a picture.
func (t *tempo) took(now time.Time) {
	if t.due.Before(now) {
		t.due = now
	}
	t.due = t.due.Add(beat)
}
