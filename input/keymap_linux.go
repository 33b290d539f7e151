package input

// keyMap is an answer to XKB's GetMap, taken apart.
type keyMap struct {
	first     byte // the number of the first key
	types     []keyType
	keys      []keySymbols
	modifiers [256]byte // of keys, the modifiers they are
}

// keyType says which modifiers choose which level of a key. With none of its
// entries it is the lowest.
type keyType struct {
	mask    byte // the modifiers that matter
	entries []levelEntry
}

// levelEntry chooses a level.
type levelEntry struct{ modifiers, level byte }

// keySymbols is what a key means in each group at each level.
type keySymbols struct {
	types   [4]byte // by group
	info    byte    // number of groups, and what a group beyond means
	width   int     // levels
	symbols []uint32
}

// readMap takes an answer apart.
func readMap(raw []byte) (*keyMap, error) {
	const head = 40 // bytes, with these counts at these places
	const types, firstKey, keys, modified = 15, 17, 20, 33
	if len(raw) < head {
		return nil, errShort
	}
	r := &reader{data: raw[head:]}
	m := &keyMap{first: raw[firstKey]}
	for range raw[types] {
		m.types = append(m.types, readType(r))
	}
	for range raw[keys] {
		m.keys = append(m.keys, readSymbols(r))
	}
	for range raw[modified] {
		m.modifiers[r.u8()] = r.u8()
	}
	if r.short {
		return nil, errShort
	}
	return m, nil
}

// readType reads a key type.
func readType(r *reader) keyType {
	t := keyType{mask: r.u8()}
	r.bytes(4) // the mask's parts, levels
	entries, preserve := int(r.u8()), r.u8() != 0
	r.u8()
	for range entries {
		active, modifiers, level := r.u8() != 0, r.u8(), r.u8()
		r.bytes(5) // the modifiers' parts
		if active {
			t.entries = append(t.entries, levelEntry{modifiers, level})
		}
	}
	if preserve {
		r.bytes(4 * entries)
	}
	return t
}

// readSymbols reads what a key means.
func readSymbols(r *reader) keySymbols {
	k := keySymbols{types: [4]byte(r.bytes(4)), info: r.u8(), width: int(r.u8())}
	k.symbols = make([]uint32, r.u16())
	for i := range k.symbols {
		k.symbols[i] = r.u32()
	}
	return k
}

// meaningful are the keys that mean anything or are modifiers.
func (m *keyMap) meaningful() (keys set) {
	for i, k := range m.keys {
		if key := byte(int(m.first) + i); k.any() || m.modifiers[key] != 0 {
			keys.put(key)
		}
	}
	return keys
}

// any says whether a key means anything.
func (k keySymbols) any() bool {
	for _, sym := range k.symbols {
		if sym != 0 {
			return true
		}
	}
	return false
}

// wrap is the group that a key uses while a group is chosen: keys may have
// fewer groups than the keyboard.
func (k keySymbols) wrap(group byte) byte {
	const clamp, redirect = 0x40, 0x80 // of the bits that say what to do; else it goes round
	groups := k.info & 15
	switch {
	case group < groups || groups == 0:
		return min(group, 3)
	case k.info&redirect != 0:
		return min(k.info>>4&3, groups-1)
	case k.info&clamp != 0:
		return groups - 1
	}
	return group % groups
}

// group is what a key means while a group is chosen, level by level.
func (k keySymbols) group(group byte) []uint32 {
	from := int(k.wrap(group)) * k.width
	if from+k.width > len(k.symbols) {
		return nil
	}
	return k.symbols[from : from+k.width]
}
