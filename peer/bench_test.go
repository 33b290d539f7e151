package peer

import (
	"sync"
	"testing"
)

// pairs are the two kinds of connection to measure: go test -bench . -run '^$' ./peer
var pairs = []struct {
	name string
	open func(testing.TB) (device, console Conn)
}{
	{"webrtc", open},
	{"pipe", func(testing.TB) (Conn, Conn) { return Pipe() }},
}

// BenchmarkPictures sends parts of 16 KiB as a picture sender does, with at most 64 KiB under way.
func BenchmarkPictures(b *testing.B) {
	const part, window = 16 << 10, 64 << 10
	for _, p := range pairs {
		b.Run(p.name, func(b *testing.B) {
			device, console := p.open(b)
			device.SetLow(window - part)
			var reader sync.WaitGroup
			reader.Go(func() {
				for range console.Messages() {
				}
			})
			data := make([]byte, part)
			b.SetBytes(part)
			for b.Loop() {
				for device.Buffered()+part > window {
					<-device.Low()
				}
				if err := device.Send(Screen, data); err != nil {
					b.Fatal(err)
				}
			}
			_, _ = device.Close(), console.Close()
			reader.Wait()
		})
	}
}

// BenchmarkRoundTrip sends 100 bytes there and back on an idle connection.
func BenchmarkRoundTrip(b *testing.B) {
	for _, p := range pairs {
		b.Run(p.name, func(b *testing.B) {
			device, console := p.open(b)
			data := make([]byte, 100)
			for b.Loop() {
				_ = console.Send(Ctl, data)
				m := <-device.Messages()
				_ = device.Send(Evt, m.Data)
				<-console.Messages()
			}
			_, _ = device.Close(), console.Close()
		})
	}
}

// BenchmarkOpen makes a connection, from nothing to both ends open.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		device, console := open(b)
		b.StopTimer()
		_, _ = device.Close(), console.Close()
		b.StartTimer()
	}
}
