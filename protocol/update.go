package protocol

// Update changes the console's picture. SPEC.md 7.1.
type Update struct {
	Number   uint32   `cbor:"1,keyasint"` // from 1, one more each update
	Moment   uint32   `cbor:"2,keyasint"` // updates of one moment are shown together
	Last     bool     `cbor:"3,keyasint"` // the last update of its moment
	Time     uint64   `cbor:"4,keyasint"` // of the picture, µs since the session began
	Reset    []uint32 `cbor:"5,keyasint"` // empty, or generation, width, height, then x, y, w, h of each monitor
	Copies   []uint32 `cbor:"6,keyasint"` // sx, sy, x, y, w, h of each copy
	Inflated uint32   `cbor:"7,keyasint"` // bytes that Tiles inflates to, exactly
	Tiles    []byte   `cbor:"8,keyasint"` // a sync-flushed chunk of the session's deflate stream
	JPEGs    []JPEG   `cbor:"9,keyasint"` // painted last
}

// JPEG is one rectangle of an update as a baseline JPEG. SPEC.md 7.5.
type JPEG struct {
	_    struct{} `cbor:",toarray"`
	X, Y uint16   // device pixels, top left corner
	W, H uint16   // device pixels
	Data []byte   // decodes to exactly W x H
}
