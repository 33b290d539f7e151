//go:build !amd64

package encode

// wideUnit is nothing here.
type wideUnit struct{}

// transformWide tells that there is nothing wider than transform.
func (*jpegWriter) transformWide(raster, *template) bool { return false }
