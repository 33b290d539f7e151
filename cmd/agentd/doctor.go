package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"telestrator/agentd"
	"telestrator/ink"
	"telestrator/privacy"
	"telestrator/privacy/atspi"
	"telestrator/x11"
)

// How long windows are looked at.
const (
	lookWithin = 3 * time.Second        // then what is not known yet counts as that
	lookLeast  = 500 * time.Millisecond // also when nothing seems to be there
	lookAgain  = 50 * time.Millisecond  // between looks; when two of them show the same, that is enough
)

// doctor tells what can be protected on a desktop before anybody sees it.
type doctor struct {
	Config     string `help:"Configuration file; /etc/agentd/agentd.yaml if it is there." env:"AGENTD_CONFIG" placeholder:"FILE"`
	Display    string `help:"X display to look at, such as :0; $$DISPLAY by default." env:"AGENTD_DISPLAY"`
	SessionBus string `help:"Address of the D-Bus session of that display's programs; $$DBUS_SESSION_BUS_ADDRESS by default." env:"AGENTD_SESSION_BUS" placeholder:"ADDRESS"`
	JSON       bool   `name:"json" help:"Print the same facts as JSON."`
}

// Help is printed by kong below the command's sentence.
func (doctor) Help() string {
	return `It looks at every window for up to three seconds, as agentd would before a session, and switches accessibility on if it was off. No picture is made and nothing leaves the device. A running agentd is not disturbed.

Exit codes: 0 everything an agent could see is looked into, hidden, or shown by a rule; 1 something is not (the last line says what); 2 it cannot look.`
}

// errUnprotected makes the exit code of a checkup that found something; all has
// been said.
var errUnprotected = errors.New("something is not protected")

// Run is called by kong.
func (d *doctor) Run(ctx context.Context) error {
	r := run{Config: d.Config, Display: d.Display, SessionBus: d.SessionBus}
	file, path, err := r.file()
	if err != nil {
		return usage{err}
	}
	config, err := r.lay(file)
	if err != nil {
		return usage{err}
	}
	config.Display = cmp.Or(config.Display, os.Getenv("DISPLAY"))
	if config.Display == "" {
		return usage{errors.New("no display to look at: name it with --display, such as --display :0")}
	}
	c, err := examine(ctx, config)
	if err != nil {
		return usage{err}
	}
	c.Policy = policyInForce(config.Policy.Privacy, file.Privacy, path)
	c.conclude()
	return c.tell(d.JSON)
}

// tell prints the checkup and returns what it comes to.
func (c *checkup) tell(asJSON bool) error {
	if asJSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		if err := out.Encode(c); err != nil {
			return err
		}
	} else if _, err := os.Stdout.WriteString(c.text()); err != nil {
		return err
	}
	if !c.Protected {
		return errUnprotected
	}
	return nil
}

// examine looks at a desktop.
func examine(ctx context.Context, config agentd.Config) (*checkup, error) {
	c := &checkup{Display: config.Display, Windows: []window{}}
	x, err := x11.Dial(config.Display)
	if err != nil {
		return nil, fmt.Errorf("cannot look at the display %s: %w; name another with --display", config.Display, err)
	}
	defer x.Close() // last, or a server that nobody else uses begins anew in between
	if c.Screen, err = examineScreen(x, config.Display); err != nil {
		return nil, err
	}
	before, trouble := atspi.Enable(config.Bus)
	facts, err := watch(ctx, config, x.Setup.Size)
	if err != nil {
		return nil, err
	}
	c.Fields.SwitchedOn = trouble == nil && !before
	c.take(facts, config.Policy.Privacy)
	if trouble != nil && !facts.Tracking {
		c.Fields.Why = strings.TrimPrefix(trouble.Error(), "atspi: ")
	}
	return c, nil
}

// take notes what a Guard knows.
func (c *checkup) take(facts privacy.Facts, p privacy.Policy) {
	c.Fields.Found, c.Fields.Why = facts.Tracking, strings.TrimPrefix(facts.Why, "privacy: ")
	for _, w := range facts.Windows {
		if w.Class != ink.Class { // what a running agentd draws is in no picture
			c.Windows = append(c.Windows, examineWindow(w, p, c.Fields))
		}
	}
}

// watch runs a Guard until every window has been looked at.
func watch(ctx context.Context, config agentd.Config, size image.Point) (facts privacy.Facts, err error) {
	guard, err := privacy.Open(config.Display, config.Bus, config.Policy.Privacy)
	if err != nil {
		return facts, err
	}
	ctx, end := context.WithTimeout(ctx, lookWithin)
	defer end()
	ended := make(chan error, 1)
	go func() { ended <- guard.Run(ctx) }()
	facts = settled(ctx, looking(guard, size))
	end()
	if err := <-ended; errors.Is(err, privacy.ErrGone) {
		return facts, fmt.Errorf("the display %s has ended", config.Display)
	}
	return facts, nil
}

// looking releases a black picture, because that is when a Guard looks at
// windows, and tells what it has seen.
func looking(guard *privacy.Guard, size image.Point) func() privacy.Facts {
	black := make([]byte, 4*size.X*size.Y)
	return func() privacy.Facts {
		guard.Begin()
		_, _, _ = guard.Release(black, 4*size.X, size, nil, false) // until it runs, it refuses
		return guard.Facts()
	}
}

// settled looks again and again until nothing is new and nothing changes, and
// at least for a while.
func settled(ctx context.Context, look func() privacy.Facts) (facts privacy.Facts) {
	began := time.Now()
	for seen := (privacy.Facts{}); ctx.Err() == nil; seen = facts {
		facts = look()
		if time.Since(began) >= lookLeast && !anyNew(facts) && reflect.DeepEqual(facts, seen) {
			break
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookAgain):
		}
	}
	return facts
}

func anyNew(facts privacy.Facts) bool {
	return slices.ContainsFunc(facts.Windows, func(w privacy.Window) bool { return w.State == privacy.New })
}
