// Command open acts as the user of a running agentd: it prints the link of the
// web console and allows the view to whoever comes with it. It stays until it
// is ended, as the harness wants it.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"telestrator/bench"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "open: give the name of the agentd")
		os.Exit(2)
	}
	if err := open(ctx, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "open:", err)
		os.Exit(1)
	}
	<-ctx.Done()
}

func open(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	user, err := bench.Find(ctx, name)
	if err != nil {
		return err
	}
	state, err := user.Invite(ctx)
	if err != nil {
		return err
	}
	fmt.Println(state.Console)
	return user.Allow(ctx)
}
