package panel

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"unicode/utf8"
)

// readBody reads a request's JSON object into fields, which maps each key to a
// pointer. Every key must be there exactly once, spelled as it is, not null,
// and nothing else may be. A call without fields takes {} or no body at all.
func readBody(r *http.Request, fields map[string]any) error {
	data, err := readAll(r)
	if err != nil {
		return err
	}
	if len(data) == 0 && len(fields) == 0 {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return badType
	}
	if !utf8.Valid(data) || decodeObject(data, fields) != nil {
		return badBody
	}
	return nil
}

// readAll reads a body of at most maxBody bytes.
func readAll(r *http.Request) ([]byte, error) {
	if r.ContentLength > maxBody {
		return nil, tooLarge
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	switch {
	case len(data) > maxBody:
		return nil, tooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, tooSlow
	case err != nil:
		return nil, badBody
	}
	return data, nil
}

// errForm says that bytes are not the object asked for.
var errForm = errors.New("panel: unexpected JSON")

// decodeObject is stricter than encoding/json, which takes keys in any case,
// twice, or not at all, and null for anything.
func decodeObject(data []byte, fields map[string]any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errForm
	}
	seen := make(map[string]bool, len(fields))
	for d.More() {
		key, _ := d.Token()
		name, _ := key.(string)
		into, known := fields[name]
		if !known || seen[name] || decodeValue(d, into) != nil {
			return errForm
		}
		seen[name] = true
	}
	if _, err := d.Token(); err != nil || len(seen) != len(fields) {
		return errForm
	}
	if _, err := d.Token(); err != io.EOF {
		return errForm
	}
	return nil
}

// decodeValue decodes one value that is not null and has no null in it.
func decodeValue(d *json.Decoder, into any) error {
	switch into := into.(type) {
	case *string:
		var v *string
		if err := d.Decode(&v); err != nil || v == nil {
			return errForm
		}
		*into = *v
	case *[]string:
		var list []*string
		if err := d.Decode(&list); err != nil || list == nil {
			return errForm
		}
		for _, v := range list {
			if v == nil {
				return errForm
			}
			*into = append(*into, *v)
		}
	}
	return nil
}
