package panel

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeControl()
		s := newServer(t, c)
		for range perSecond {
			expect(t, s, request("GET", "/api/state", ""), fine)
		}
		w := expect(t, s, request("GET", "/api/state", ""), says(tooFast))
		if w.Header().Get("Retry-After") != "1" {
			t.Error("no Retry-After")
		}
		expect(t, s, request("POST", "/api/resume", ""), says(tooFast))
		expect(t, s, request("POST", "/api/stop", ""), fine)
		if got := c.done(); got != "stop" {
			t.Errorf("did %q, want stop alone", got)
		}
		time.Sleep(time.Second)
		expect(t, s, request("GET", "/api/state", ""), fine)
	})
}

// A flood without the token is refused, and whoever has it notices nothing.
func TestStrangersHaveTheirOwnRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		right := exchange(codeOf(t, s.Link()))
		if !s.strangers.AllowN(time.Now(), perSecond) {
			t.Fatal("strangers may not do what they may")
		}
		expect(t, s, request("GET", "/", ""), fine)
		begin := time.Now()
		for range 10 * perSecond {
			expect(t, s, exchange("wrong"), says(tooFast))
			use(t, s, "wrong", says(tooFast))
		}
		expect(t, s, right, fine)
		for range perSecond {
			use(t, s, testToken, fine)
		}
		if time.Since(begin) != 0 {
			t.Error("the right token had to wait")
		}
	})
}

// The page's files are many, and a flood for them costs nobody else anything.
func TestFilesHaveTheirOwnRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		for range filesPerSecond {
			expect(t, s, request("GET", "/", ""), fine)
		}
		expect(t, s, request("GET", "/", ""), says(tooFast))
		use(t, s, testToken, fine)
		expect(t, s, exchange(codeOf(t, s.Link())), fine)
	})
}

func TestWrongTokensAreSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		begin := time.Now()
		use(t, s, "wrong", says(badToken))
		if took := time.Since(begin); took != wrongTime {
			t.Errorf("a wrong token took %v", took)
		}
		expect(t, s, exchange("wrong"), says(badCode))
		if took := time.Since(begin); took != 2*wrongTime {
			t.Errorf("a wrong code took %v", took-wrongTime)
		}
	})
}

func TestHeaderSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := run(t, newServer(t, newFakeControl()))
		ask := func(size int) int {
			bare := len(head("GET", "/api/state", "X: "))
			c := p.dial()
			defer c.Close()
			c.send(head("GET", "/api/state", "X: "+strings.Repeat("x", size-bare)))
			return c.status()
		}
		if got := ask(maxHeader); got != 200 {
			t.Errorf("%d bytes: %d", maxHeader, got)
		}
		if got := ask(maxHeader + 1); got != 431 {
			t.Errorf("%d bytes: %d", maxHeader+1, got)
		}
	})
}

func TestHeaderTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := run(t, newServer(t, newFakeControl()))
		ask := func(pause time.Duration) int {
			text := head("GET", "/api/state")
			c := p.dial()
			defer c.Close()
			c.send(text[:20])
			time.Sleep(pause)
			c.send(text[20:])
			return c.status()
		}
		if got := ask(headerTime - 1); got != 200 {
			t.Errorf("just in time: %d", got)
		}
		if got := ask(headerTime + 1); got == 200 {
			t.Errorf("too late: %d", got)
		}
	})
}

func TestBodyTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeControl()
		p := run(t, newServer(t, c))
		ask := func(pause time.Duration) int {
			c := p.dial()
			defer c.Close()
			c.send(head("POST", "/api/pause", "Content-Type: application/json", "Content-Length: 2") + "{")
			time.Sleep(pause)
			c.send("}")
			return c.status()
		}
		if got := ask(bodyTime - 1); got != 200 {
			t.Errorf("just in time: %d", got)
		}
		if got := ask(bodyTime + 1); got != 408 {
			t.Errorf("too late: %d", got)
		}
		if got := c.done(); got != "pause" {
			t.Errorf("did %q", got)
		}
	})
}

func TestIdleTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := run(t, newServer(t, newFakeControl()))
		c := p.dial()
		defer c.Close()
		for range 2 {
			c.send(head("GET", "/api/state"))
			if got := c.status(); got != 200 {
				t.Fatalf("got %d", got)
			}
			time.Sleep(idleTime - 1)
		}
		begin := time.Now()
		if got := c.status(); got != 0 || time.Since(begin) != 1 {
			t.Errorf("an idle connection: %d after %v", got, time.Since(begin))
		}
	})
}

// The longest wait fits into the limits of its connection, which lives on.
func TestLongWaitOverAConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := run(t, newServer(t, newFakeControl()))
		c := p.dial()
		defer c.Close()
		for range 3 {
			c.send(head("POST", "/api/pause", "Content-Type: application/json", "Content-Length: 2") + "{}")
			if got := c.status(); got != 200 {
				t.Fatalf("pause: %d", got)
			}
			begin := time.Now()
			c.send(head("GET", "/api/state?after=1"))
			if got := c.status(); got != 200 || time.Since(begin) != waitTime {
				t.Fatalf("wait: %d after %v", got, time.Since(begin))
			}
		}
	})
}

func TestConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := run(t, newServer(t, newFakeControl()))
		var strangers []*client
		for range maxConns {
			strangers = append(strangers, p.dial())
		}
		synctest.Wait()

		// One by one, those with the token push out those without, oldest first.
		for i := range maxConns {
			c := p.dial()
			defer c.Close()
			c.send(head("GET", "/api/state"))
			if got := c.status(); got != 200 {
				t.Fatalf("connection %d with the token: %d", i, got)
			}
			if got := strangers[i].status(); got != 0 {
				t.Errorf("stranger %d is still answered: %d", i, got)
			}
		}

		// A full house of those with the token turns everybody else away.
		late := p.dial()
		late.send(head("GET", "/api/state"))
		if got := late.status(); got != 0 {
			t.Errorf("one too many: %d", got)
		}
	})
}

func TestConnectionsUpToTheLimitStay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := run(t, newServer(t, newFakeControl()))
		var all []*client
		for range maxConns {
			all = append(all, p.dial())
		}
		all[0].Close() // frees its place
		all = append(all[1:], p.dial())
		synctest.Wait()
		for i, c := range all {
			c.send(head("GET", "/api/state"))
			if got := c.status(); got != 200 {
				t.Errorf("connection %d: %d", i, got)
			}
			defer c.Close()
		}
	})
}

func TestNamedLimits(t *testing.T) {
	// L24 of the threat model, spelled out once more on purpose.
	got := fmt.Sprint(maxHeader, headerTime, maxBody, bodyTime, maxConns, perSecond, idleTime, waitTime, viewTime, linkTime)
	if want := "8192 2s 4096 5s 32 40 30s 25s 2s 1m0s"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
