package leaktest_test

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"
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
