package x11

// DAMAGE's requests, and its way of reporting that suits us.
const (
	damageCreate   = 1
	damageDestroy  = 2
	damageSubtract = 3
	nonEmpty       = 3 // one event at the first drawing after each Subtract
)

// Damage is the DAMAGE extension: what was drawn where.
type Damage struct {
	ext extension
	c   *Conn
}

// OpenDamage starts DAMAGE 1.1; nil where the server lacks it. XFIXES must
// have been opened.
func OpenDamage(c *Conn) (*Damage, error) {
	ext, err := c.open("DAMAGE", 1, 1)
	if ext == nil || err != nil {
		return nil, err
	}
	return &Damage{*ext, c}, nil
}

// Watch gathers what is drawn on the root from now on. All of the root counts
// as drawn at first.
func (d *Damage) Watch() (damage uint32) {
	damage = d.c.ID()
	d.c.send(d.ext.major, damageCreate, damage, d.c.Setup.Root, nonEmpty)
	return damage
}

// WatchWindow makes damage, a new number, gather what is drawn on a window and
// in it, from its own top left. All of it counts as drawn at first.
func (d *Damage) WatchWindow(damage, window uint32) {
	d.c.send(d.ext.major, damageCreate, damage, window, nonEmpty)
}

// Destroy ends what Watch or WatchWindow began. The server does so by itself
// when the window ends.
func (d *Damage) Destroy(damage uint32) { d.c.send(d.ext.major, damageDestroy, damage) }

// Subtract moves what has gathered into region and starts afresh.
// Region 0 takes nothing.
func (d *Damage) Subtract(damage, region uint32) {
	d.c.send(d.ext.major, damageSubtract, damage, 0, region)
}

// Drawn says that e is the first drawing after a Subtract.
func (d *Damage) Drawn(e Event) bool { return e[0]&127 == d.ext.event }

// Drawable is what was drawn on where Drawn(e).
func (d *Damage) Drawable(e Event) uint32 { return le.Uint32(e[4:]) }
