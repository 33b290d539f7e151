package agentd

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// Instance is the runtime folder of one daemon: a lock that it holds, and the
// panel's address and master token for the command line.
//
//	$XDG_RUNTIME_DIR/agentd/NAME/{lock,token,address}, 0700, files 0600
type Instance struct {
	folder string
	lock   *os.File
	token  string
}

// errHeld says that another process holds the lock.
var errHeld = errors.New("held by another process")

var instanceName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// instanceFolder returns the folder of a name.
func instanceFolder(name string) (string, error) {
	if !instanceName.MatchString(name) {
		return "", fmt.Errorf("agentd: %q cannot be a name: use lower case letters, digits and hyphens", name)
	}
	base := os.Getenv("XDG_RUNTIME_DIR")
	if base == "" {
		base = filepath.Join(os.TempDir(), fmt.Sprintf("agentd-%d", os.Getuid()))
	}
	return filepath.Join(base, "agentd", name), nil
}

// TakeInstance takes a name for this process. A name that another daemon holds
// is refused.
func TakeInstance(name string) (*Instance, error) {
	folder, err := instanceFolder(name)
	if err != nil {
		return nil, err
	}
	if err := private(folder); err != nil {
		return nil, err
	}
	lock, err := hold(filepath.Join(folder, "lock"))
	switch {
	case errors.Is(err, errHeld):
		return nil, fmt.Errorf("agentd: another agentd named %q is running: stop it, or choose another name with --name", name)
	case err != nil:
		return nil, fmt.Errorf("agentd: cannot use the runtime folder: %w", err)
	}
	i := &Instance{folder: folder, lock: lock}
	return i, i.newToken()
}

// private makes the folder, and refuses one that somebody else could read or
// has put there.
func private(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("agentd: cannot make the runtime folder: %w", err)
	}
	for _, f := range []string{filepath.Dir(folder), folder} {
		info, err := os.Lstat(f)
		if err != nil {
			return fmt.Errorf("agentd: cannot use the runtime folder: %w", err)
		}
		if !info.IsDir() || !ours(info) || info.Mode().Perm()&0o077 != 0 {
			return fmt.Errorf("agentd: the runtime folder %s is open to others: remove it, or set XDG_RUNTIME_DIR", f)
		}
	}
	return nil
}

func (i *Instance) newToken() error {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	i.token = hex.EncodeToString(secret)
	return i.write("token", i.token)
}

// Token is the panel's master token.
func (i *Instance) Token() string { return i.token }

// TokenFile is where Token is kept, readable for its owner only.
func (i *Instance) TokenFile() string { return filepath.Join(i.folder, "token") }

// Publish notes the panel's address.
func (i *Instance) Publish(address string) error { return i.write("address", address) }

func (i *Instance) write(file, content string) error {
	path := filepath.Join(i.folder, file)
	_ = os.Remove(path) // an old one, of a daemon that was killed
	if err := os.WriteFile(path, []byte(content+"\n"), 0o600); err != nil {
		return fmt.Errorf("agentd: cannot write to the runtime folder: %w", err)
	}
	return nil
}

// Release gives the name back.
func (i *Instance) Release() {
	_ = os.Remove(filepath.Join(i.folder, "address"))
	_ = os.Remove(filepath.Join(i.folder, "token"))
	_ = i.lock.Close()
}

// ErrNotRunning says that no daemon has the name.
var ErrNotRunning = errors.New("agentd: no agentd is running: start it with agentd run, or name it with --name")

// FindInstance returns the panel's address and master token of a running
// daemon of this user.
func FindInstance(name string) (address, token string, err error) {
	folder, err := instanceFolder(name)
	if err != nil {
		return "", "", err
	}
	a, err := os.ReadFile(filepath.Join(folder, "address"))
	if err != nil {
		return "", "", fmt.Errorf("%w (tried %q)", ErrNotRunning, name)
	}
	t, err := os.ReadFile(filepath.Join(folder, "token"))
	if err != nil {
		return "", "", fmt.Errorf("%w (tried %q)", ErrNotRunning, name)
	}
	return trimmed(a), trimmed(t), nil
}

func trimmed(b []byte) string { return string(bytes.TrimSpace(b)) }
