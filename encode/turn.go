package encode

import "image"

// resize makes work black and of the given size.
func (d *Decoder) resize(size image.Point) {
	d.work.resize(size)
	d.painted, d.stale = make([]bool, d.work.grid.len()), make([]bool, d.work.grid.len())
}

// touch prepares cells of work for being painted in area.
func (d *Decoder) touch(area image.Rectangle) {
	for y := area.Min.Y / side; y <= (area.Max.Y-1)/side; y++ {
		for x := area.Min.X / side; x <= (area.Max.X-1)/side; x++ {
			i := y*d.work.grid.columns + x
			if cell := d.work.grid.cell(i); !cell.In(area) {
				d.renew(i)
			}
			d.painted[i], d.stale[i] = true, false
		}
	}
}

// renew brings cell i of work up to date.
func (d *Decoder) renew(i int) {
	if d.stale[i] {
		cell := d.work.grid.cell(i)
		d.work.copyFrom(&d.shown, cell.Min, cell)
		d.stale[i] = false
	}
}

// show ends the moment.
func (d *Decoder) show() {
	for i := range d.late {
		d.late[i].over = true
	}
	if d.fresh {
		d.fresh = false
		d.shown.resize(d.work.grid.size)
		d.geometry = d.next
		copy(d.shown.px, d.work.px)
		clear(d.painted)
		return
	}
	for i := range d.stale {
		d.renew(i)
	}
	d.shown, d.work = d.work, d.shown
	d.painted, d.stale = d.stale, d.painted
}
