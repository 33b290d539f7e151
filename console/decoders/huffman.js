/**
 * The Huffman codes of deflate. RFC 1951, 3.2.2: the code of a symbol follows
 * from the lengths of all. Short codes are looked up at once, the rare long
 * ones bit by bit, so that a code costs little to set up.
 */

import { DECODE, Refusal } from '../protocol/codes.js';

export const LONGEST = 15; // bits of a code
const SHORT = 9; // bits of a code that is looked up
const MASK = (1 << SHORT) - 1;

export class Huffman {
  /** @param {number} most symbols of a code */
  constructor(most) {
    /** For each beginning of SHORT bits: symbol << 4 | length, or 0 for a longer code. */
    this.table = new Uint16Array(1 << SHORT);
    this.counts = new Uint16Array(LONGEST + 1); // codes of each length
    this.symbols = new Uint16Array(most); // in the order of their codes
    this.offsets = new Uint16Array(LONGEST + 2); // of the first symbol of each length
  }

  /**
   * Sets up the code.
   * @param {Uint8Array} lengths of each symbol's code, 0: it has none
   * @param {number} from where in lengths they are
   * @param {number} count of the symbols
   */
  build(lengths, from, count) {
    const { counts, offsets, symbols } = this;
    counts.fill(0);
    for (let i = 0; i < count; i++) counts[lengths[from + i]]++;
    this.check(count);
    offsets[1] = 0;
    for (let length = 1; length <= LONGEST; length++) offsets[length + 1] = offsets[length] + counts[length];
    for (let i = 0; i < count; i++) {
      const length = lengths[from + i];
      if (length > 0) symbols[offsets[length]++] = i;
    }
    this.fill();
  }

  /**
   * Refuses lengths of which no code can be made, or not a complete one; a
   * single code of one bit, or none at all, may be incomplete.
   * @param {number} count of the symbols
   */
  check(count) {
    let left = 1;
    for (let length = 1; length <= LONGEST; length++) {
      left = 2 * left - this.counts[length];
      if (left < 0) throw new Refusal(DECODE, 'a code with too many symbols');
    }
    const used = count - this.counts[0];
    if (left > 0 && used !== this.counts[1]) throw new Refusal(DECODE, 'a code that is not complete');
  }

  /** Fills the table from the symbols in the order of their codes. */
  fill() {
    const { table, counts, symbols } = this;
    table.fill(0);
    for (let length = 1, code = 0, n = 0; length <= SHORT; length++, code <<= 1) {
      for (let stop = n + counts[length]; n < stop; n++, code++) {
        const entry = (symbols[n] << 4) | length;
        for (let at = reverse(code, length); at <= MASK; at += 1 << length) table[at] = entry;
      }
    }
  }

  /**
   * The entry, symbol << 4 | length, of the code that bits begin with.
   * @param {number} bits the first in the lowest place, LONGEST of them
   */
  find(bits) {
    return this.table[bits & MASK] || this.search(bits);
  }

  /** @param {number} bits */
  search(bits) {
    const { counts } = this;
    for (let length = 1, code = 0, first = 0, n = 0; length <= LONGEST; length++) {
      code |= bits & 1;
      bits >>>= 1;
      if (code - first < counts[length]) return (this.symbols[n + code - first] << 4) | length;
      n += counts[length];
      first = (first + counts[length]) << 1;
      code <<= 1;
    }
    throw new Refusal(DECODE, 'a code that has no symbol');
  }
}

/**
 * @param {number} code
 * @param {number} length bits of it
 */
function reverse(code, length) {
  let reversed = 0;
  for (let i = 0; i < length; i++, code >>= 1) reversed = (reversed << 1) | (code & 1);
  return reversed;
}
