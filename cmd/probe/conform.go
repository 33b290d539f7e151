package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"telestrator/conform"
)

// errFailed ends a run of which at least one case failed.
var errFailed = errors.New("probe: not everything passed")

// judging are the flags of both runs of conformance.
type judging struct {
	Filter   string        `help:"Play only cases whose names match." placeholder:"REGEXP"`
	List     bool          `help:"Print the names of the cases, and play none."`
	Tap      string        `help:"File for the report as TAP 13; - is standard output." placeholder:"FILE"`
	Junit    string        `help:"File for the report as JUnit XML." placeholder:"FILE"`
	Parallel int           `help:"Connections at a time." default:"3"`
	Again    int           `help:"Play a case that failed so many times more, where a machine is busy with other things." default:"0"`
	Patience time.Duration `help:"How long to wait for each thing that must come." default:"5s"`
	Quiet    bool          `short:"q" help:"Say nothing of single cases."`
}

// choose are the cases that are wanted.
func (j *judging) choose(all []conform.Case) ([]conform.Case, error) {
	cases, err := conform.Filter(all, j.Filter)
	if err != nil {
		return nil, usage{fmt.Errorf("--filter: %w", err)}
	}
	if len(cases) == 0 {
		return nil, usage{errors.New("no case has such a name; see --list")}
	}
	return cases, nil
}

func list(cases []conform.Case) {
	for _, c := range cases {
		fmt.Println(c)
	}
}

func (j *judging) options() conform.Options {
	return conform.Options{Parallel: j.Parallel, Again: j.Again, Patience: j.Patience, Done: j.tell}
}

// tell says on standard error what became of a case.
func (j *judging) tell(r conform.Result) {
	switch {
	case r.Err != nil:
		fmt.Fprintf(os.Stderr, "FAILED %s\n  %v\n  %s\n", r.Case, r.Err, strings.ReplaceAll(r.Transcript, "\n", "\n  "))
	case r.Skipped != "" && !j.Quiet:
		fmt.Fprintf(os.Stderr, "skipped %s: %s\n", r.Case.Name, r.Skipped)
	case !j.Quiet:
		fmt.Fprintf(os.Stderr, "passed %s (%.2f s)\n", r.Case.Name, r.Took.Seconds())
	}
}

// report writes what is wanted, and the line at the end.
func (j *judging) report(name string, results []conform.Result) error {
	sum := conform.Sum(results)
	tap := func(w io.Writer) error { return conform.WriteTAP(w, results) }
	junit := func(w io.Writer) error { return conform.WriteJUnit(w, name, results) }
	if err := errors.Join(save(j.Tap, tap), save(j.Junit, junit)); err != nil {
		return usage{err}
	}
	fmt.Println(sum)
	if sum.Failed > 0 {
		return errFailed
	}
	return nil
}

// save writes to a file, to standard output for -, or nowhere.
func save(name string, write func(io.Writer) error) error {
	switch name {
	case "":
		return nil
	case "-":
		return write(os.Stdout)
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

// device is probe conform.
type device struct {
	Desk      string `help:"URL of the desk, with --code." placeholder:"URL"`
	Code      string `help:"Code that the user's panel shows: for a single case." placeholder:"CODE"`
	Open      string `help:"Command that prints {\"desk\": URL, \"code\": CODE} with a fresh code." placeholder:"COMMAND"`
	Panel     string `help:"URL of the user's panel: it makes codes and is the user." placeholder:"URL"`
	TokenFile string `name:"panel-token-file" help:"File with the panel's token." placeholder:"FILE"`
	Grant     string `help:"Command that acts for the user: see docs/conformance.md." placeholder:"COMMAND"`
	Addresses int    `help:"Ask the desk from so many addresses of 127.0.0.0/8 in turn (1 to 250): a desk limits what it takes from one." placeholder:"N"`
	judging
}

const deviceHelp = `Plays consoles, good and bad, against a device, and judges what it answers.

A code works once, so each case needs a new one: --panel (with --panel-token-file) rings for it, --open is a command that prints it, --desk with --code serves a single case. Cases in which the user must allow or stop something need --panel or --grant, and are skipped without.

Exit codes: 0 all passed, 1 something failed, 2 a flag or file is wrong.`

func (d *device) run(ctx context.Context) error {
	cases, err := d.choose(conform.DeviceCases())
	if err != nil {
		return err
	}
	if d.List {
		list(cases)
		return nil
	}
	runner := conform.Device{Options: d.options()}
	if runner.Opener, runner.User, err = d.who(); err != nil {
		return usage{err}
	}
	if runner.Addresses = d.Addresses; d.Addresses < 0 || d.Addresses > 250 {
		return usage{errors.New("--addresses takes 1 to 250")}
	}
	if d.Code != "" && len(cases) > 1 {
		return usage{fmt.Errorf("a code works once, and there are %d cases: choose one with --filter, or give --open or --panel", len(cases))}
	}
	return d.report("device", runner.Run(ctx, cases))
}

// once gives one code.
type once struct{ desk, code string }

func (o once) Open(context.Context) (desk, code string, err error) { return o.desk, o.code, nil }

// who makes codes, and who is the user, by what was given.
func (d *device) who() (opener conform.Opener, user conform.User, err error) {
	if d.Panel != "" {
		token, err := os.ReadFile(d.TokenFile)
		if err != nil {
			return nil, nil, fmt.Errorf("--panel-token-file: %w", err)
		}
		url, _, _ := strings.Cut(d.Panel, "/#")
		panel := &conform.Panel{URL: url, Token: strings.TrimSpace(string(token))}
		opener, user = panel, panel
	}
	commands := &conform.Commands{Opens: d.Open, Acts: d.Grant}
	switch {
	case d.Open != "":
		opener = commands
	case d.Code != "" && d.Desk != "":
		opener = once{d.Desk, d.Code}
	}
	if d.Grant != "" {
		user = commands
	}
	if opener == nil {
		return nil, nil, errors.New("give --panel with --panel-token-file, --open, or --desk with --code")
	}
	return opener, user, nil
}
