package conform

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
)

// Summary counts results.
type Summary struct{ Cases, Passed, Failed, Skipped int }

// Sum counts results.
func Sum(results []Result) (s Summary) {
	for _, r := range results {
		s.Cases++
		switch {
		case r.Skipped != "":
			s.Skipped++
		case r.Err != nil:
			s.Failed++
		default:
			s.Passed++
		}
	}
	return s
}

// String is the one line at the end of a run.
func (s Summary) String() string {
	line := fmt.Sprintf("conform: cases=%d passed=%d failed=%d", s.Cases, s.Passed, s.Failed)
	if s.Skipped > 0 {
		line += fmt.Sprintf(" skipped=%d", s.Skipped)
	}
	return line
}

// Filter keeps the cases whose names an expression matches.
func Filter(cases []Case, expression string) (kept []Case, err error) {
	wanted, err := regexp.Compile(expression)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		if wanted.MatchString(c.Name) {
			kept = append(kept, c)
		}
	}
	return kept, nil
}

// WriteTAP writes results in the Test Anything Protocol, version 13. What was
// said in a case that failed stands in its diagnostics.
func WriteTAP(w io.Writer, results []Result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "TAP version 13\n1..%d\n", len(results))
	for i, r := range results {
		status := "ok"
		if r.Err != nil {
			status = "not ok"
		}
		fmt.Fprintf(&b, "%s %d - %s", status, i+1, plainly(r.Case.Name))
		if r.Skipped != "" {
			fmt.Fprintf(&b, " # SKIP %s", plainly(r.Skipped))
		}
		fmt.Fprintf(&b, "\n  ---\n  section: %q\n  duration_ms: %d\n", r.Case.Section, r.Took.Milliseconds())
		if r.Err != nil {
			fmt.Fprintf(&b, "  message: %q\n  said: |\n    %s\n", r.Err, strings.ReplaceAll(r.Transcript, "\n", "\n    "))
		}
		b.WriteString("  ...\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// plainly is text without what means something in TAP.
func plainly(text string) string { return strings.NewReplacer("#", "", "\n", " ").Replace(text) }

// The form of JUnit's XML that build servers read.
type (
	junitSuite struct {
		XMLName  xml.Name    `xml:"testsuite"`
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
		Skipped *junitSkipped `xml:"skipped"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
)

// WriteJUnit writes results as one test suite of JUnit's XML. The class of a
// case is what stands before the first slash of its name.
func WriteJUnit(w io.Writer, name string, results []Result) error {
	sum := Sum(results)
	suite := junitSuite{Name: name, Tests: sum.Cases, Failures: sum.Failed, Skipped: sum.Skipped}
	total := time.Duration(0)
	for _, r := range results {
		total += r.Took
		suite.Cases = append(suite.Cases, r.junit())
	}
	suite.Time = seconds(total)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(suite); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (r Result) junit() junitCase {
	class, _, _ := strings.Cut(r.Case.Name, "/")
	c := junitCase{Class: class, Name: r.Case.Name, Time: seconds(r.Took)}
	if r.Err != nil {
		c.Failure = &junitFailure{r.Err.Error(), r.Transcript}
	}
	if r.Skipped != "" {
		c.Skipped = &junitSkipped{r.Skipped}
	}
	return c
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
