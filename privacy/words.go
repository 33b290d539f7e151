package privacy

import (
	"errors"
	"unicode/utf8"

	"github.com/jezek/xgb/xproto"
)

// words is the text of a property.
type words struct {
	value string
	latin bool // its type says Latin-1, which some programs say of UTF-8
}

var errText = errors.New("privacy: a window's property is no text or too long")

// text waits for a property that is text. An absent one is empty.
func text(c xproto.GetPropertyCookie) (words, error) {
	reply, err := c.Reply()
	if err != nil {
		return words{}, err
	}
	if reply.BytesAfter > 0 || reply.Format != 8 && reply.Type != xproto.AtomNone {
		return words{}, errText
	}
	return words{string(reply.Value), reply.Type == xproto.AtomString}, nil
}

// readings are the texts that a property may mean.
func (w words) readings() []string {
	if w.value == "" {
		return nil
	}
	if !w.latin {
		return []string{w.value}
	}
	runes := make([]rune, len(w.value))
	for i := range w.value {
		runes[i] = rune(w.value[i])
	}
	if !utf8.ValidString(w.value) {
		return []string{string(runes)}
	}
	return []string{string(runes), w.value}
}
