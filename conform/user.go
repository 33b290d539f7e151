package conform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Act is something that the user does at the device.
type Act string

// What a User can be told to do.
const (
	Grant  Act = "grant"  // allow the scopes of the open request; no scopes refuse it
	Revoke Act = "revoke" // take a scope back
	Pause  Act = "pause"
	Resume Act = "resume"
	Stop   Act = "stop" // end every session
)

// User is the person in front of the device. Its methods are called by several
// goroutines.
type User interface {
	// Do acts for the session of the console that calls itself name.
	Do(ctx context.Context, act Act, name string, scopes []string) error
}

// Opener gives the desk and a fresh code, for one connection.
type Opener interface {
	Open(ctx context.Context) (desk, code string, err error)
}

// Commands is a User and an Opener by programs of the auditor's.
type Commands struct {
	Opens string // prints {"desk": URL, "code": CODE}
	Acts  string // is told CONFORM_ACT, CONFORM_NAME and CONFORM_SCOPES
}

// Open runs the command that makes a code.
func (c *Commands) Open(ctx context.Context) (desk, code string, err error) {
	out, err := run(ctx, c.Opens)
	if err != nil {
		return "", "", fmt.Errorf("the command that opens: %w", err)
	}
	var said struct{ Desk, Code string }
	line, _, _ := bytes.Cut(out, []byte("\n"))
	if err := json.Unmarshal(line, &said); err != nil {
		return "", "", fmt.Errorf("the command that opens: %w", err)
	}
	return said.Desk, said.Code, nil
}

// Do runs the command that acts for the user.
func (c *Commands) Do(ctx context.Context, act Act, name string, scopes []string) error {
	_, err := run(ctx, c.Acts, "CONFORM_ACT="+string(act), "CONFORM_NAME="+name, "CONFORM_SCOPES="+strings.Join(scopes, ","))
	return err
}

func run(ctx context.Context, line string, environment ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "sh", "-c", line)
	command.Env = append(os.Environ(), environment...)
	command.Stderr = os.Stderr
	return command.Output()
}

// pause waits, unless ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
