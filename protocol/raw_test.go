package protocol

import (
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// pair is a key and its value, each as it stands on the wire.
type pair struct{ key, value []byte }

// raw encodes a value in its canonical form.
func raw(t testing.TB, value any) []byte {
	t.Helper()
	mode, _ := cbor.CoreDetEncOptions().EncMode()
	wire, err := mode.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return wire
}

// apart takes a message apart into its kind and its pairs.
func apart(t testing.TB, m Message) (kind []byte, pairs []pair) {
	t.Helper()
	values := map[int]cbor.RawMessage{}
	if err := cbor.Unmarshal(raw(t, m), &values); err != nil {
		t.Fatal(err)
	}
	for key := 1; key <= len(values); key++ {
		pairs = append(pairs, pair{raw(t, key), values[key]})
	}
	return raw(t, uint8(m.Kind())), pairs
}

// together is the message of a kind and pairs, whatever they are.
func together(t testing.TB, kind []byte, pairs []pair) []byte {
	t.Helper()
	wire := append([]byte{0x82}, kind...)
	wire = append(wire, 0xa0|byte(len(pairs)))
	for _, p := range pairs {
		wire = append(append(wire, p.key...), p.value...)
	}
	return wire
}

// instead is pairs with another value for a key.
func instead(pairs []pair, key int, value []byte) []pair {
	with := append([]pair(nil), pairs...)
	with[key-1].value = value
	return with
}

// longer writes the head of an item in the next longer form.
func longer(item []byte) []byte {
	major, info := item[0]&0xe0, item[0]&31
	size := 0
	if info >= 24 {
		size = 1 << (info - 24)
	}
	if size == 8 {
		return nil
	}
	argument := append([]byte{}, item[1:1+size]...)
	if size == 0 {
		return append([]byte{major | 24, info}, item[1:]...)
	}
	wire := append([]byte{major | (info + 1)}, make([]byte, size)...)
	return append(append(wire, argument...), item[1+size:]...)
}

// endless writes a string or an array with an indefinite length.
func endless(item []byte) []byte {
	major := item[0] >> 5
	if major < majorBytes || major > majorMap {
		return nil
	}
	body := item
	if major >= majorArray {
		s := scanner{data: item}
		_, _, _ = s.head()
		body = item[s.at:]
	}
	return append(append([]byte{major<<5 | 31}, body...), 0xff)
}
