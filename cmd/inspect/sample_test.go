package main

import (
	"bytes"
	"os"
	"testing"
)

const sample = "../../protocol/testdata/recordings/demo"

// TestSample: the text beside the sample recording is what inspect prints of it.
func TestSample(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(sample + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := (&options{File: sample + ".rec"}).run(&got); err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("demo.txt is not what inspect prints now:\n%s", &got)
	}
}
