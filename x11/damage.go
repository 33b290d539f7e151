package x11

// DAMAGE's requests, and its way of reporting that suits us.
const (
	damageCreate   = 1
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

// Subtract moves what has gathered into region and starts afresh.
func (d *Damage) Subtract(damage, region uint32) {
	d.c.send(d.ext.major, damageSubtract, damage, 0, region)
}

// Drawn says that e is the first drawing after a Subtract.
func (d *Damage) Drawn(e Event) bool { return e[0]&127 == d.ext.event }
