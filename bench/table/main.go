// Command table prints the ratios of a comparison: for each scene and tool the
// medians over its passes, and how they stand to the best tool that scrapes a
// screen as we do, and, for browsers, to noVNC in front of one. Ratios are of
// one run, so the machine is the same for all.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

// row is one measurement, as the harness writes it.
type row struct {
	Peer, Mode, Workload               string
	Pass                               int
	SourceFPS, DeliveredFPS, Coherent  float64
	LatP50, LatP95, KBps               float64
	ServerCPU, XCPU, RSSMB, PSNR, SSIM float64
	Exact                              bool
	OtherCPU                           float64
}

// rivals are what we are held against: scrapers of a screen that is there, and
// for the browser the same behind noVNC.
var (
	scrapers = []string{"x0tiger", "x11vnc"}
	browsers = []string{"novnc+x0tiger", "novnc+x11vnc"}
)

// pictures are the scenes in which tools that blur what they send are held
// against each other. In the others all that counts is exact.
var pictures = []string{"video", "motion", "slides"}

func main() {
	markdown := flag.Bool("markdown", false, "print a table for a text instead of lines")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "table: give the file with the results")
		os.Exit(2)
	}
	rows, err := read(flag.Arg(0))
	if err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
	form := figures.line
	if *markdown {
		fmt.Print(heading)
		form = figures.row
	}
	for _, l := range lines(rows, form) {
		fmt.Println(l)
	}
}

func read(name string) (rows []row, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var r row
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, in.Err()
}

// key is what medians are taken over.
type key struct{ scene, peer, mode string }

// figures are the medians of one key.
type figures struct {
	key
	passes                                               int
	fps, p50, p95, bytes, cpu, rss, psnr, coherent, idle float64
	exact                                                int
}

// lines are the report, in the order in which scenes and tools were run first.
func lines(rows []row, form func(f, rival figures, ok bool) string) (report []string) {
	all := group(rows)
	for _, f := range all {
		if f.peer == "none" {
			continue
		}
		rival, ok := best(all, f)
		report = append(report, form(f, rival, ok))
	}
	return report
}

func group(rows []row) (all []figures) {
	var order []key
	of := map[key][]row{}
	for _, r := range rows {
		k := key{r.Workload, r.Peer, r.Mode}
		if of[k] == nil {
			order = append(order, k)
		}
		of[k] = append(of[k], r)
	}
	for _, k := range order {
		all = append(all, medians(k, of[k], of[key{k.scene, "none", ""}]))
	}
	return all
}

// medians are those of some passes. What the X server costs by itself is taken
// off, and shared out over the pictures that arrived.
func medians(k key, rows, none []row) figures {
	alone := median(none, func(r row) float64 { return r.XCPU })
	f := figures{key: k, passes: len(rows),
		fps: median(rows, func(r row) float64 { return r.DeliveredFPS }), p50: median(rows, func(r row) float64 { return r.LatP50 }),
		p95: median(rows, func(r row) float64 { return r.LatP95 }), rss: median(rows, func(r row) float64 { return r.RSSMB }),
		coherent: median(rows, func(r row) float64 { return r.Coherent }), idle: median(rows, func(r row) float64 { return r.ServerCPU }),
		psnr:  median(rows, func(r row) float64 { return r.PSNR }),
		bytes: median(rows, func(r row) float64 { return ratio(1000*r.KBps, r.DeliveredFPS) }),
		cpu:   median(rows, func(r row) float64 { return ratio(10*(r.ServerCPU+max(r.XCPU-alone, 0)), r.DeliveredFPS) })}
	for _, r := range rows {
		if r.Exact {
			f.exact++
		}
	}
	return f
}

func median(rows []row, of func(row) float64) float64 {
	if len(rows) == 0 {
		return 0
	}
	values := make([]float64, len(rows))
	for i, r := range rows {
		values[i] = of(r)
	}
	slices.Sort(values)
	return (values[len(values)/2] + values[(len(values)-1)/2]) / 2
}

// ratio is a/b, or 0 where that has no meaning.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// best is the rival with the shortest median latency in the same scene.
func best(all []figures, f figures) (rival figures, ok bool) {
	mode, among := "lossless", scrapers
	if slices.Contains(pictures, f.scene) {
		mode = "lossy"
	}
	if strings.HasSuffix(f.peer, "-web") || strings.HasPrefix(f.peer, "novnc") {
		mode, among = "lossy", browsers
	}
	for _, other := range all {
		if other.scene == f.scene && other.mode == mode && slices.Contains(among, other.peer) && (!ok || other.p50 < rival.p50) {
			rival, ok = other, true
		}
	}
	return rival, ok
}

// line says how f stands to its rival, and whether it is behind.
func (f figures) line(rival figures, ok bool) string {
	l := fmt.Sprintf("bench: scene=%s peer=%s mode=%s fps=%.1f p50_ms=%.1f p95_ms=%.1f bytes_per_frame=%.0f cpu_ms_per_frame=%.2f psnr=%.1f exact=%d/%d coherent=%.2f server_cpu=%.1f rss_mb=%.0f",
		f.scene, f.peer, f.mode, f.fps, f.p50, f.p95, f.bytes, f.cpu, f.psnr, f.exact, f.passes, f.coherent, f.idle, f.rss)
	if !ok || rival.p50 == 0 {
		return l
	}
	l += fmt.Sprintf(" ratio_fps=%.2f ratio_p50=%.2f ratio_cpu=%.2f to=%s/%s", ratio(f.fps, rival.fps), ratio(f.p50, rival.p50),
		ratio(f.cpu, rival.cpu), rival.peer, rival.mode)
	if f.behind(rival) {
		l += " BEHIND"
	}
	return l
}

// behind tells whether f is ours and its rival is ahead.
func (f figures) behind(rival figures) bool {
	return strings.HasPrefix(f.peer, "ours") && (f.fps < 0.98*rival.fps || f.p50 > rival.p50)
}

const heading = `| scene | tool | pictures/s | p50 ms | p95 ms | bytes a picture | CPU ms a picture | last picture | whole | to the best rival: pictures/s, p50, CPU |
|---|---|---|---|---|---|---|---|---|---|
`

// row is f as a row of a table.
func (f figures) row(rival figures, ok bool) string {
	last := fmt.Sprintf("%.1f dB", f.psnr)
	if f.exact == f.passes {
		last = "exact"
	}
	l := fmt.Sprintf("| %s | %s/%s | %.1f | %.1f | %.1f | %.0f | %.2f | %s | %.2f |", f.scene, f.peer, f.mode, f.fps, f.p50, f.p95, f.bytes, f.cpu, last, f.coherent)
	switch {
	case !ok || rival.p50 == 0:
		return l + " |"
	case f.behind(rival):
		return l + fmt.Sprintf(" **%.2f, %.2f, %.2f** |", ratio(f.fps, rival.fps), ratio(f.p50, rival.p50), ratio(f.cpu, rival.cpu))
	}
	return l + fmt.Sprintf(" %.2f, %.2f, %.2f |", ratio(f.fps, rival.fps), ratio(f.p50, rival.p50), ratio(f.cpu, rival.cpu))
}
