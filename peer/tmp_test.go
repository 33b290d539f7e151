package peer
import ("testing";"time";"context")
func TestTmp(t *testing.T) {
	for range 8 {
		t0 := time.Now()
		ctx := context.Background()
		o, _ := Offer(ctx, loopback)
		t1 := time.Now()
		d, ans, _ := Answer(ctx, loopback, o.SDP())
		t2 := time.Now()
		c, _ := o.Accept(ctx, ans)
		<-d.(*conn).opened
		t3 := time.Now()
		mustSend(t, c, Ctl, []byte("hello")); next(t, d)
		for range 20 { mustSend(t, d, Screen, make([]byte, 16<<10)) }
		next(t, c)
		t4 := time.Now()
		go d.Close()
		c.Close()
		t5 := time.Now()
		ended(t, d)
		t.Log("offer", t1.Sub(t0), "answer", t2.Sub(t1), "accept", t3.Sub(t2), "use", t4.Sub(t3), "close", t5.Sub(t4), time.Since(t5))
	}
}
