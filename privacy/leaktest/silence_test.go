package leaktest_test

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/capture"
	"telestrator/capture/capturetest"
	"telestrator/encode"
	"telestrator/privacy"
	"telestrator/protocol"
)

// secrets is how many random secrets are typed.
const secrets = 10000

// pane is where the scripted screen has its password field.
var pane = image.Rect(30, 40, 150, 58)

// TestSecretsMakeNoDifference types ten thousand random secrets into a field of
// a scripted screen, and none into that of another, while the same goes on beside
// both: what is sent, and when, is the same to the byte.
func TestSecretsMakeNoDifference(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %#x", seed)
	synctest.Test(t, func(t *testing.T) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		with, without := newScripted(t), newScripted(t)
		sent, woken := 0, 0
		for n := range secrets {
			secret := randomSecret(rnd)
			for typed := range len(secret) + 2 { // the caret moves, then the field is empty again
				if rnd.IntN(3) == 0 {
					r, c := beside(rnd)
					with.screen.Paint(r, c)
					without.screen.Paint(r, c)
				}
				with.enter(secret[:min(typed, len(secret))])
				time.Sleep(every)
				a, b := with.step(), without.step()
				if !bytes.Equal(a, b) {
					t.Fatalf("secret %d of %d letters shows after the %dth: %d bytes were sent, and %d without it", n, len(secret), typed, len(a), len(b))
				}
				sent += len(a)
			}
			with.enter("")
		}
		woken = with.grabs - without.grabs
		t.Logf("%d secrets, %d bytes sent; %d pictures were grabbed for the secrets alone", secrets, sent, woken)
		if sent == 0 || woken < secrets {
			t.Errorf("%d bytes and %d pictures are too few to tell by", sent, woken)
		}
		with.stream.Close()
		without.stream.Close()
	})
}

// TestSecretsShowWithoutAMask makes sure that a difference would be noticed.
func TestSecretsShowWithoutAMask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		with, without := newScripted(t), newScripted(t)
		with.unmask()
		without.unmask()
		with.step()
		without.step()
		with.enter("a")
		time.Sleep(every)
		if a, b := with.step(), without.step(); bytes.Equal(a, b) {
			t.Error("a letter without a mask makes no difference")
		}
		with.stream.Close()
		without.stream.Close()
	})
}

// scripted is a screen that a test paints, and what a console is sent of it.
type scripted struct {
	t       *testing.T
	screen  *capturetest.Screen
	guard   *privacy.Guard
	canvas  *encode.Canvas
	stream  *encode.Stream
	frame   capture.Frame
	updates []protocol.Update
	sent    []byte
	grabs   int
}

func newScripted(t *testing.T) *scripted {
	t.Helper()
	s := &scripted{t: t, screen: capturetest.NewScreen(192, 128), canvas: encode.NewCanvas()}
	s.mask(pane)
	s.stream = s.canvas.NewStream()
	s.stream.Use(true, true)
	return s
}

func (s *scripted) unmask() { s.mask() }

func (s *scripted) mask(fields ...image.Rectangle) {
	s.t.Helper()
	var err error
	if s.guard, err = privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow, Rects: fields}); err != nil {
		s.t.Fatal(err)
	}
}

// enter shows what has been typed: a mark for each letter, which is one of the
// letter's own where the password is legible, and a caret.
func (s *scripted) enter(typed string) {
	s.screen.Paint(pane, color.White)
	x := pane.Min.X + 3
	for _, letter := range []byte(typed) {
		s.screen.Paint(image.Rect(x, pane.Min.Y+4, x+5, pane.Max.Y-4), color.RGBA{letter, letter * 7, letter * 13, 255})
		x += 6
	}
	s.screen.Paint(image.Rect(x, pane.Min.Y+2, x+1, pane.Max.Y-2), color.Black)
}

// step shows the console what changed, if anything did, as the daemon does, and
// returns the bytes that it is sent.
func (s *scripted) step() []byte {
	s.t.Helper()
	s.sent = s.sent[:0]
	select {
	case <-s.screen.Changed():
		s.grab()
	default:
	}
	select {
	case <-s.stream.Stale():
	default:
		return nil
	}
	var err error
	if s.updates, err = s.stream.Next(s.updates[:0]); err != nil {
		s.t.Fatal(err)
	}
	for i := range s.updates {
		if s.sent, err = protocol.Append(s.sent, &s.updates[i]); err != nil {
			s.t.Fatal(err)
		}
	}
	return s.sent
}

func (s *scripted) grab() {
	s.t.Helper()
	s.grabs++
	s.guard.Begin()
	if err := s.screen.Grab(&s.frame); err != nil {
		s.t.Fatal(err)
	}
	f := &s.frame
	picture, news, err := s.guard.Release(f.Pix, f.Stride, f.Size, f.Damage, f.Reset)
	if err != nil {
		s.t.Fatal(err)
	}
	s.canvas.Compare(picture, news, encode.Geometry{Generation: 1, Monitors: f.Monitors})
}

// randomSecret is up to sixteen letters.
func randomSecret(rnd *rand.Rand) string {
	secret := make([]byte, rnd.IntN(17))
	for i := range secret {
		secret[i] = byte(33 + rnd.IntN(94))
	}
	return string(secret)
}

// beside is a change next to the field: across it, around it or away from it.
func beside(rnd *rand.Rand) (image.Rectangle, color.Color) {
	x, y := rnd.IntN(180), rnd.IntN(120)
	r := image.Rect(x, y, x+1+rnd.IntN(60), y+1+rnd.IntN(40))
	return r, color.RGBA{byte(rnd.Uint32()), byte(rnd.Uint32()), byte(rnd.Uint32()), 255}
}
