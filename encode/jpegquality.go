package encode

import (
	"slices"
	"sync"
)

// Qualities of JPEGs are those of everybody, from 1 to 100. There are a few of
// them, so that tables are made once and viewers share what is encoded.
const (
	quality       = 80 // unless the link is known
	leastQuality  = 10
	mostQuality   = 95
	qualityStep   = 5
	someQualities = (mostQuality-leastQuality)/qualityStep + 1
)

// nearQuality returns the quality that is used for q, whatever q is.
func nearQuality(q int) int {
	q = min(max(q, leastQuality), mostQuality)
	return (q + qualityStep/2) / qualityStep * qualityStep
}

// template is what all JPEGs of one quality have in common. Nobody changes it.
type template struct {
	head   []byte    // with no size yet
	size   int       // where in head it belongs: height, then width
	planes [3]*plane // of blocks: luma, luma, chroma
}

var templates = func() (list [someQualities]func() *template) {
	for i := range list {
		list[i] = sync.OnceValue(func() *template { return newTemplate(leastQuality + i*qualityStep) })
	}
	return list
}()

// templateOf returns the template of a quality that is used.
func templateOf(quality int) *template { return templates[(quality-leastQuality)/qualityStep]() }

func newTemplate(quality int) *template {
	tables := [4]huffman{lumaDC, lumaAC, chromaDC, chromaAC}
	if quality <= mostFilm {
		tables = [4]huffman{filmLumaDC, filmLumaAC, filmChromaDC, filmChromaAC}
	}
	luma := newPlane(quality, &lumaSteps, tables[0], tables[1])
	chroma := newPlane(quality, &chromaSteps, tables[2], tables[3])
	t := &template{planes: [3]*plane{luma, luma, chroma}}
	t.head = slices.Concat([]byte{0xff, markerSOI},
		segment(markerAPP0, []byte("JFIF\x00"), []byte{1, 2, 0, 0, 1, 0, 1, 0, 0}),
		segment(markerDQT, []byte{0}, luma.steps[:], []byte{1}, chroma.steps[:]))
	t.size = len(t.head) + 5
	t.head = slices.Concat(t.head,
		segment(markerSOF0, []byte{8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1}),
		segment(markerDHT, tables[0].table(0x00), tables[1].table(0x10), tables[2].table(0x01), tables[3].table(0x11)),
		segment(markerSOS, []byte{3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0}))
	return t
}
