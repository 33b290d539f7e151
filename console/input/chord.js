/**
 * Ctrl+Alt+Shift, pressed together and let go with no other key between: the
 * agent's way out. Browsers deliver it on every system and every layout, and
 * shortcuts that have these three in them still go to the device. The user's
 * stop chord is another one.
 */

const chord = ['Control', 'Alt', 'Shift'];

/**
 * Which of the three a key is, if any. Its name would not do: with Shift, Alt
 * is called Meta on some systems.
 * @param {{ code: string, key: string }} event
 */
function partOf({ code, key }) {
  const part = code.replace(/(Left|Right)$/, '');
  return chord.includes(part) && key !== 'AltGraph' ? part : '';
}

export class Chord {
  constructor() {
    /** @type {Set<string>} those of the three that are down */
    this.down = new Set();
    this.armed = false;
  }

  /** @param {{ code: string, key: string, repeat: boolean }} event of a key going down */
  press(event) {
    if (event.repeat) return;
    const part = partOf(event);
    if (part) this.down.add(part);
    this.armed = part !== '' && this.down.size === chord.length;
  }

  /**
   * @param {{ code: string, key: string }} event of a key going up
   * @returns {boolean} whether this was the chord
   */
  lift(event) {
    const part = partOf(event);
    const was = this.armed && part !== '';
    this.down.delete(part);
    this.armed = false;
    return was;
  }

  /** The page does not see the keys any more. */
  forget() {
    this.down.clear();
    this.armed = false;
  }
}
