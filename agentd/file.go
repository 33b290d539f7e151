package agentd

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"time"

	"github.com/goccy/go-yaml"

	"telestrator/input"
)

// File is the configuration file, in YAML. Unknown keys are errors.
type File struct {
	Name    string      `yaml:"name"`
	Device  string      `yaml:"device"`
	Display string      `yaml:"display"`
	Bus     string      `yaml:"session-bus"`
	Desk    string      `yaml:"desk"`
	Listen  string      `yaml:"listen"`
	Privacy PrivacyFile `yaml:"privacy"`
	Consent ConsentFile `yaml:"consent"`
	Stop    StopFile    `yaml:"stop"`
	Network NetworkFile `yaml:"network"`
}

// NetworkFile bounds what is sent.
type NetworkFile struct {
	Most Bits `yaml:"most"` // of pictures, for each session
}

// ConsentFile holds how long things take; it can only tighten the defaults.
type ConsentFile struct {
	Delay        time.Duration `yaml:"delay"`
	ControlDelay time.Duration `yaml:"control-delay"` // for mouse and keyboard
	Answer       time.Duration `yaml:"answer"`
	CoolDown     time.Duration `yaml:"cool-down"`
	View         time.Duration `yaml:"view"`
	Control      time.Duration `yaml:"control"` // mouse and keyboard
}

// StopFile says how the user ends everything from the keyboard.
type StopFile struct {
	Chord   string `yaml:"chord"`   // such as Ctrl+Alt+Shift+End
	Escapes *int   `yaml:"escapes"` // Escape so often in two seconds; 0 turns that off
}

// maxFile bounds a configuration file.
const maxFile = 64 << 10

// LoadFile reads a configuration file. Its errors name the line.
func LoadFile(path string) (f File, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return f, fmt.Errorf("agentd: cannot read the configuration: %w", err)
	}
	if len(text) > maxFile {
		return f, fmt.Errorf("agentd: the configuration %s is longer than %d bytes", path, maxFile)
	}
	if err := yaml.UnmarshalWithOptions(text, &f, yaml.Strict()); err != nil {
		return f, explain(path, err)
	}
	return f, locate(path, text, f.Privacy.check())
}

// locate puts file and line before what is wrong with an entry.
func locate(path string, text []byte, err error) error {
	var wrong *entryError
	if !errors.As(err, &wrong) {
		return err
	}
	line := 0
	if at, err := yaml.PathString("$." + wrong.entry); err == nil {
		if node, err := at.ReadNode(bytes.NewReader(text)); err == nil {
			line = node.GetToken().Position.Line
		}
	}
	return fmt.Errorf("agentd: %s:%d: %w", path, line, wrong)
}

// explain makes one sentence of what the YAML library says on several lines.
func explain(path string, err error) error {
	var located yaml.Error
	if err == nil {
		return nil
	}
	if !errors.As(err, &located) {
		return fmt.Errorf("agentd: %s: %w", path, err)
	}
	line := 0
	if token := located.GetToken(); token != nil && token.Position != nil {
		line = token.Position.Line
	}
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		key := unknown.Token.Value
		return fmt.Errorf("agentd: %s:%d: unknown key %q; did you mean %q?", path, line, key, nearest(key))
	}
	return fmt.Errorf("agentd: %s:%d: %s", path, line, located.GetMessage())
}

// nearest returns the known key that looks most like key.
func nearest(key string) string {
	best, least := "", len(key)+100
	for _, known := range keysOf(reflect.TypeFor[File]()) {
		if d := distance(key, known); d < least {
			best, least = known, d
		}
	}
	return best
}

// keysOf lists the keys of a struct and of the structs in it.
func keysOf(t reflect.Type) (keys []string) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for field := range t.Fields() {
		keys = append(keys, field.Tag.Get("yaml"))
		keys = append(keys, keysOf(field.Type)...)
	}
	return keys
}

// distance is the Levenshtein distance.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := last
			if a[i] != b[j] {
				change++
			}
			last, row[j+1] = row[j+1], min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// Config makes a Config of the file. Flags are laid over it.
func (f File) Config() (Config, error) {
	policy := DefaultPolicy()
	f.Privacy.policy(&policy.Privacy)
	policy.ConsentDelay = max(policy.ConsentDelay, f.Consent.Delay)
	policy.ControlDelay = max(policy.ControlDelay, f.Consent.ControlDelay)
	policy.CoolDown = max(policy.CoolDown, f.Consent.CoolDown)
	policy.AnswerWithin = bounded(f.Consent.Answer, answerWithin)
	policy.ViewFor = bounded(f.Consent.View, viewFor)
	policy.ControlFor = bounded(f.Consent.Control, controlFor)
	policy.Most = f.Network.Most.Bytes()
	if err := f.Stop.chord(&policy.Stop); err != nil {
		return Config{}, err
	}
	return Config{Name: f.Name, Device: f.Device, Display: f.Display, Bus: f.Bus,
		Desk: f.Desk, Listen: f.Listen, Policy: policy}, nil
}

func (f StopFile) chord(c *input.ChordConfig) error {
	if f.Chord != "" {
		keys, err := input.ParseChord(f.Chord)
		if err != nil {
			return fmt.Errorf("agentd: stop.chord: %w", err)
		}
		c.Keys = keys
	}
	if f.Escapes != nil {
		c.Escapes = *f.Escapes
	}
	if _, err := input.NewChord(*c); err != nil {
		return fmt.Errorf("agentd: stop: %w", err)
	}
	return nil
}
