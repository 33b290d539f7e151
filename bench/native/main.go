// Command native connects to an agentd as a console would, decodes everything,
// and tells the harness when each picture was complete. It keeps the contract
// of the harness's other clients: "ready" at the first picture, one event for
// each picture, and at a line on standard input the events and the last picture
// go to files.
//
// JPEGs are decoded at once where the harness's counters are, and elsewhere for
// the last picture only, as the harness's RFB client does.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"telestrator/bench"
	"telestrator/desk"
	"telestrator/peer"
)

func main() {
	name := flag.String("name", "bench", "name of the agentd")
	jpeg := flag.Bool("jpeg", true, "understand JPEGs; without, every picture is exact")
	out := flag.String("out", "", "file for the events, JSON")
	last := flag.String("fb", "", "file for the last picture, bytes B, G, R, 0")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *name, *jpeg, *out, *last); err != nil {
		fmt.Fprintln(os.Stderr, "native:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, name string, jpeg bool, out, last string) error {
	conn, err := join(ctx, name)
	if err != nil {
		return err
	}
	defer conn.Close()
	v := newViewer(conn, jpeg)
	asked := make(chan struct{})
	go func() {
		defer close(asked)
		_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // its end is as good
	}()
	if err := v.watch(asked); err != nil {
		return err
	}
	return v.save(out, last)
}

// join connects by the code that the user sees, and has the user allow the view.
func join(ctx context.Context, name string) (peer.Conn, error) {
	soon, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	user, err := bench.Find(soon, name)
	if err != nil {
		return nil, err
	}
	state, err := user.Invite(soon)
	if err != nil {
		return nil, err
	}
	offering, err := peer.Offer(soon, peer.Config{Loopback: true})
	if err != nil {
		return nil, err
	}
	answer, _, err := desk.Connect(soon, state.Desk.URL, state.Code, offering.SDP())
	if err != nil {
		_ = offering.Close()
		return nil, err
	}
	go func() {
		if err := user.Allow(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "native: the user does not allow it:", err)
		}
	}()
	return offering.Accept(soon, answer)
}
