package conform

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Device is what plays consoles against a device.
type Device struct {
	Options
	Opener Opener
	User   User // nil: cases that need one are skipped

	// Addresses is from how many addresses of 127.0.0.0/8 the desk is asked, in
	// turn, because a desk limits what it takes from one. 0 is no choice.
	Addresses int

	door  sync.Mutex // a new code makes the last one void
	count int
}

// Run plays cases, several at a time, slow ones first. The results come in the
// order of the cases.
func (d *Device) Run(ctx context.Context, cases []Case) []Result {
	d.Options = d.Options.withDefaults()
	return runAll(cases, d.Options, func(c Case) Result { return d.play(ctx, c) })
}

// play plays one case over a connection of its own.
func (d *Device) play(ctx context.Context, c Case) Result {
	if c.user && d.User == nil {
		return Result{Case: c, Skipped: "nobody acts for the user"}
	}
	ctx, cancel := context.WithTimeout(ctx, caseWithin)
	defer cancel()
	began := time.Now()
	l, name, err := d.dial(ctx)
	if err != nil {
		return c.finish(began, nil, fmt.Errorf("no connection: %w", err))
	}
	defer l.close()
	p := newPlayer(ctx, l, toDevice)
	p.name, p.user, p.patience = name, d.User, d.Patience
	err = c.play(p)
	if c.alone { // whoever comes next finds the device as it was
		_ = p.user.Do(ctx, Resume, name, nil) // refused where nobody is connected, which is as good
	}
	return c.finish(began, p, err)
}

// dial makes a connection, again while the desk or the device is busy.
func (d *Device) dial(ctx context.Context) (l *link, name string, err error) {
	for {
		l, name, err = d.try(ctx)
		var busy *errBusy
		if !errors.As(err, &busy) {
			return l, name, err
		}
		if pause(ctx, 200*time.Millisecond) != nil {
			return nil, "", err
		}
	}
}

func (d *Device) try(ctx context.Context) (*link, string, error) {
	l, err := newLink()
	if err != nil {
		return nil, "", err
	}
	offer, err := l.offer(ctx)
	if err == nil {
		var answer, name string
		if answer, name, err = d.exchange(ctx, offer); err == nil {
			if err = l.accept(ctx, answer); err == nil {
				return l, name, nil
			}
		}
	}
	l.close()
	return nil, "", err
}

// exchange has one code at a time.
func (d *Device) exchange(ctx context.Context, offer string) (answer, name string, err error) {
	d.door.Lock()
	defer d.door.Unlock()
	desk, code, err := d.Opener.Open(ctx)
	if err != nil {
		return "", "", err
	}
	d.count++
	answer, err = connect(ctx, d.client(), desk, code, offer)
	return answer, fmt.Sprintf("conform %d", d.count), err
}

// client asks the desk from the next address.
func (d *Device) client() *http.Client {
	if d.Addresses == 0 {
		return http.DefaultClient
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(1+d.count%d.Addresses))}}
	return &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}}
}
