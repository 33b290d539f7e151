package guardian

import (
	"image"
	"time"

	"telestrator/ink"
	"telestrator/input"
)

// What the user does at the device itself. It works whatever the daemon does.

// moved is called for everything that the user's own hand does.
func (k *keeper) moved() {
	if !k.onDuty.Load() || !k.busy.Load() {
		return
	}
	_ = k.Gate.Touch() // what cannot be released ends with the connection
	k.touched.Store(time.Now().UnixNano())
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.resting {
		k.resting = true
		k.tell(report{Kind: reportHand, On: true})
	}
}

// rested tells once that the user's own hand rests again.
func (k *keeper) rested(now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.resting && now.UnixNano()-k.touched.Load() >= int64(input.HandRest) {
		k.resting = false
		k.tell(report{Kind: reportHand})
	}
}

// press is called when the user presses on the bar.
func (k *keeper) press(_ uint32, at image.Point) {
	switch k.Overlay.Hit(at) {
	case ink.End:
		k.stop()
	case ink.PauseOrResume:
		k.mu.Lock()
		defer k.mu.Unlock()
		k.owe(reportPause)
	}
}

// stop ends everything here first, and then has the daemon end it.
func (k *keeper) stop() {
	if !k.onDuty.Load() {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stopped = true
	for name := range k.sessions {
		_ = k.Gate.Permit(name, input.Permit{}) // what cannot be released ends with the connection
	}
	_ = k.Overlay.Sign(nil)
	k.owe(reportStop)
}

// owe tells the daemon what the user wants, and kills it if it does not obey.
// The lock is held.
func (k *keeper) owe(what string) {
	if k.kill == nil {
		k.kill = time.AfterFunc(ObeyWithin, k.Kill)
	}
	k.tell(report{Kind: what})
}
