package encode

import "telestrator/protocol"

// order checks that updates come one after another, moment by moment.
type order struct {
	number, moment uint32 // of the last update
	open           bool   // the moment has not ended
}

// take checks the numbers of the next update, and tells whether its moment
// begins with it. What else is in it may be wrong; the order goes on.
func (o *order) take(u *protocol.Update) (first bool, err error) {
	if u.Number > protocol.MaxNumber {
		return false, errNumber
	}
	first = !o.open
	if anew := len(u.Reset) > 0 && u.Moment > o.moment && u.Number > o.number; anew {
		// What was open has been abandoned, and numbers with it.
		first = true
	} else if u.Number != o.number+1 {
		return false, errNumber
	} else if first && u.Moment != o.moment+1 || !first && u.Moment != o.moment {
		return false, errOfMoment
	}
	o.number, o.moment, o.open = u.Number, u.Moment, !u.Last
	return first, nil
}
