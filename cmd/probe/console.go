package main

import (
	"context"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"strings"

	"telestrator/conform"
	"telestrator/console"
)

// viewing is probe conform-console.
type viewing struct {
	Listen  string `help:"Address of the desk that the console finds." default:"127.0.0.1:0"`
	Pages   string `help:"Folder with the console's pages, served beside the desk; this project's own by default." placeholder:"FOLDER"`
	Console string `help:"Command that opens a console, with {url}, or {desk} and {code} in it; without it the addresses are printed." placeholder:"COMMAND"`
	judging
}

const consoleHelp = `Plays devices, good and bad, against a console, and judges what it answers.

Each case has an address of its own, http://ADDRESS/#CODE. A console that opens it joins by the code, asks to see the screen, and is led through the case. --console is a command that opens one; it may stay, and is ended with its case. Without it the addresses are printed on standard output, one after another, each to be opened within 20 s.

Exit codes: 0 all passed, 1 something failed, 2 a flag or file is wrong.`

func (c *viewing) run(ctx context.Context) error {
	cases, err := c.choose(conform.ConsoleCases())
	if err != nil {
		return err
	}
	if c.List {
		list(cases)
		return nil
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return usage{fmt.Errorf("--listen: %w", err)}
	}
	runner := conform.Console{Options: c.options(), Listener: listener, Pages: c.pages(), Open: c.open}
	if c.Console == "" {
		runner.Parallel = 1
		runner.Open = tell
	}
	return c.report("console", runner.Run(ctx, cases))
}

func (c *viewing) pages() fs.FS {
	if c.Pages == "" {
		return console.Files()
	}
	return os.DirFS(c.Pages)
}

// tell has whoever reads open the address.
func tell(_ context.Context, url, _ string) (func(), error) {
	fmt.Println(url)
	return func() {}, nil
}

// open starts the command. It is ended with its case, and what it started.
func (c *viewing) open(ctx context.Context, url, code string) (func(), error) {
	desk, _, _ := strings.Cut(url, "/#")
	line := strings.NewReplacer("{url}", quoted(url), "{desk}", quoted(desk), "{code}", quoted(code)).Replace(c.Console)
	ctx, end := context.WithCancel(ctx)
	command := exec.CommandContext(ctx, "sh", "-c", line)
	grouped(command)
	command.Stderr = os.Stderr
	if err := command.Start(); err != nil {
		end()
		return nil, err
	}
	return func() {
		end()
		_ = command.Wait()
	}, nil
}

func quoted(word string) string { return "'" + word + "'" }
