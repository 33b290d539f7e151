/**
 * Raw deflate (RFC 1951): the stream of the tiles, SPEC.md 7.3, and the
 * cursor. Our own, because what a browser has is not finished within one turn:
 * a small change would wait longer for that than for everything else.
 *
 * @typedef {object} Inflater one deflate stream
 * @property {(chunk: Uint8Array, size: number) => Uint8Array} take inflates one chunk to exactly
 *   size bytes; the result is valid until the next take
 */

import { Huffman, LONGEST } from './huffman.js';
import { DECODE, Refusal } from '../protocol/codes.js';

const WINDOW = 32 << 10; // bytes a stream looks back
const ROOM = 256 << 10; // for the window and what comes, at first

const MOST = 22; // bits held that leave room for a byte more

const STORED = 0, FIXED = 1, DYNAMIC = 2;
const END = 256; // the symbol at the end of a block
const LITERALS = 286, DISTANCES = 30; // symbols that are used; the fixed codes have two more of each

// Symbols from 257 on are lengths, others distances: the first of each, and how many bits are added.
const lengthBase = Uint16Array.of(3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258);
const lengthBits = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0);
const distanceBase = Uint16Array.from({ length: DISTANCES }, (_, i) => (i < 2 ? i + 1 : ((2 + (i & 1)) << ((i >> 1) - 1)) + 1));
const distanceBits = Uint8Array.from({ length: DISTANCES }, (_, i) => (i < 2 ? 0 : (i >> 1) - 1));
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]; // of the lengths of the lengths' code

const fixedLiterals = new Huffman(288), fixedDistances = new Huffman(32);
fixedLiterals.build(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)), 0, 288);
fixedDistances.build(new Uint8Array(32).fill(5), 0, 32);

// The codes of the block at hand. Blocks are read from end to end, so one set does for all streams.
const literals = new Huffman(LITERALS), distances = new Huffman(DISTANCES), lengths = new Huffman(19);
const list = new Uint8Array(LITERALS + DISTANCES);

/** A deflate stream whose chunks each end in a sync flush. After an error it cannot go on. */
export class StreamInflater {
  /** @param {number} [room] */
  constructor(room = ROOM) {
    this.out = new Uint8Array(room); // what has come out, the window of it at least
    this.to = 0; // where in out the next byte comes
    this.limit = 0; // where in out the chunk has to end
    this.chunk = new Uint8Array(0);
    this.at = 0; // in chunk
    this.hold = 0; // bits taken from the chunk and not used
    this.bits = 0; // how many
  }

  /**
   * @param {Uint8Array} chunk
   * @param {number} size
   */
  take(chunk, size) {
    if (!isFlushed(chunk)) throw new Refusal(DECODE, 'a chunk that is not flushed');
    this.begin(chunk, size);
    while (this.left > 0) {
      if (this.block()) throw new Refusal(DECODE, 'the deflate stream ended');
    }
    return this.finish(size);
  }

  /**
   * @param {Uint8Array} chunk
   * @param {number} size
   */
  begin(chunk, size) {
    if (this.to + size > this.out.length) this.slide(size);
    this.limit = this.to + size;
    this.chunk = chunk;
    this.at = this.hold = this.bits = 0;
  }

  /**
   * Makes room behind the window.
   * @param {number} size
   */
  slide(size) {
    const window = this.out.subarray(Math.max(0, this.to - WINDOW), this.to);
    if (WINDOW + size > this.out.length) this.out = new Uint8Array(WINDOW + size);
    this.out.set(window);
    this.to = window.length;
  }

  /** @param {number} size */
  finish(size) {
    const short = this.limit - this.to;
    if (short > 0) throw new Refusal(DECODE, `inflates to ${size - short} bytes instead of ${size}`);
    this.chunk = NOTHING;
    return this.out.subarray(this.to - size, this.to);
  }

  /** Bits of the chunk that have not been used. */
  get left() {
    return 8 * (this.chunk.length - this.at) + this.bits;
  }

  /**
   * Takes some bits, the first in the lowest place.
   * @param {number} n at most 16
   */
  take16(n) {
    while (this.bits < n) {
      if (this.at === this.chunk.length) throw new Refusal(DECODE, 'the deflate data ends in the middle');
      this.hold |= this.chunk[this.at++] << this.bits;
      this.bits += 8;
    }
    const value = this.hold & ((1 << n) - 1);
    this.hold >>>= n;
    this.bits -= n;
    return value;
  }

  /** Inflates a block, and returns whether it says that it is the last. */
  block() {
    const last = this.take16(1) === 1;
    switch (this.take16(2)) {
      case STORED: this.stored(); break;
      case FIXED: this.codes(fixedLiterals, fixedDistances); break;
      case DYNAMIC: this.dynamic(); break;
      default: throw new Refusal(DECODE, 'no such deflate block');
    }
    return last;
  }

  stored() {
    this.take16(this.bits & 7);
    const size = this.take16(16);
    if (this.take16(16) !== (size ^ 0xffff)) throw new Refusal(DECODE, 'a stored block that contradicts itself');
    this.at -= this.bits >> 3;
    this.hold = this.bits = 0;
    if (size > this.chunk.length - this.at) throw new Refusal(DECODE, 'the deflate data ends in the middle');
    if (size > this.limit - this.to) throw tooLong();
    this.out.set(this.chunk.subarray(this.at, this.at + size), this.to);
    this.at += size;
    this.to += size;
  }

  /** A block that begins with its own codes. */
  dynamic() {
    const literal = this.take16(5) + 257, distance = this.take16(5) + 1, own = this.take16(4) + 4;
    if (literal > LITERALS || distance > DISTANCES) throw new Refusal(DECODE, 'codes for symbols that there are not');
    list.fill(0);
    for (let i = 0; i < own; i++) list[order[i]] = this.take16(3);
    lengths.build(list, 0, 19);
    this.readLengths(literal + distance);
    if (list[END] === 0) throw new Refusal(DECODE, 'a block without an end');
    literals.build(list, 0, literal);
    distances.build(list, literal, distance);
    this.codes(literals, distances);
  }

  /**
   * Reads the lengths of both codes, which follow one another.
   * @param {number} total
   */
  readLengths(total) {
    for (let made = 0; made < total;) {
      const symbol = this.symbol(lengths);
      if (symbol < 16) {
        list[made++] = symbol;
        continue;
      }
      if (symbol === 16 && made === 0) throw new Refusal(DECODE, 'nothing to repeat');
      const value = symbol === 16 ? list[made - 1] : 0;
      const run = symbol === 16 ? 3 + this.take16(2) : symbol === 17 ? 3 + this.take16(3) : 11 + this.take16(7);
      if (run > total - made) throw new Refusal(DECODE, 'more lengths than symbols');
      list.fill(value, made, made + run);
      made += run;
    }
  }

  /**
   * Takes one symbol; the code may be shorter than what is there to look at.
   * @param {Huffman} code
   */
  symbol(code) {
    while (this.bits < LONGEST && this.at < this.chunk.length) {
      this.hold |= this.chunk[this.at++] << this.bits;
      this.bits += 8;
    }
    const entry = code.find(this.hold);
    this.take16(entry & 15);
    return entry >> 4;
  }

  /**
   * Inflates up to the end of a block. This is where the time goes, so all that
   * it works with is at hand, and bits beyond the end are noticed afterwards:
   * they are zeros, and what they make stays within the limit.
   * @param {Huffman} literal
   * @param {Huffman} distance
   */
  codes(literal, distance) {
    const { out, chunk, limit } = this;
    const near = literal.table, far = distance.table, mask = near.length - 1;
    let { to, at, hold, bits } = this;
    for (;;) {
      for (; bits <= MOST; bits += 8) hold |= chunk[at++] << bits; // enough for a length
      let entry = near[hold & mask] || literal.search(hold);
      hold >>>= entry & 15;
      bits -= entry & 15;
      const symbol = entry >> 4;
      if (symbol < END) {
        if (to >= limit) throw tooLong();
        out[to++] = symbol;
        continue;
      }
      if (symbol === END) break;
      if (symbol >= LITERALS) throw new Refusal(DECODE, 'no such length');
      const more = lengthBits[symbol - 257], length = lengthBase[symbol - 257] + (hold & ((1 << more) - 1));
      hold >>>= more;
      bits -= more;
      for (; bits <= MOST; bits += 8) hold |= chunk[at++] << bits;
      entry = far[hold & mask] || distance.search(hold);
      hold >>>= entry & 15;
      bits -= entry & 15;
      const place = entry >> 4;
      if (place >= DISTANCES) throw new Refusal(DECODE, 'no such distance');
      for (; bits <= MOST; bits += 8) hold |= chunk[at++] << bits;
      const further = distanceBits[place], back = distanceBase[place] + (hold & ((1 << further) - 1));
      hold >>>= further;
      bits -= further;
      if (back > to) throw new Refusal(DECODE, 'a distance beyond the beginning');
      if (length > limit - to) throw tooLong();
      to = repeat(out, to, back, length);
    }
    this.to = to;
    this.at = at - (bits >> 3);
    this.bits = bits & 7;
    this.hold = hold & ((1 << this.bits) - 1);
    if (this.at > chunk.length) throw new Refusal(DECODE, 'the deflate data ends in the middle');
  }
}

const NOTHING = new Uint8Array(0);
const LONG = 32; // bytes for which moving memory is quicker than one byte after the other

const tooLong = () => new Refusal(DECODE, 'inflates to more bytes than stated');

/**
 * Repeats what stands some bytes back, and returns where it ends.
 * @param {Uint8Array} out
 * @param {number} to
 * @param {number} back
 * @param {number} length
 */
function repeat(out, to, back, length) {
  const end = to + length;
  if (back === 1) out.fill(out[to - 1], to, end);
  else if (back >= length && length >= LONG) out.copyWithin(to, to - back, end - back);
  else for (; to < end; to++) out[to] = out[to - back];
  return end;
}

/** @param {Uint8Array} chunk */
export function isFlushed(chunk) {
  const end = chunk.length;
  return end >= 4 && chunk[end - 4] === 0 && chunk[end - 3] === 0 && chunk[end - 2] === 0xff && chunk[end - 1] === 0xff;
}

/**
 * Inflates data that is complete in itself to exactly size bytes.
 * @param {Uint8Array} data
 * @param {number} size
 */
export function inflateWhole(data, size) {
  const inflater = new StreamInflater(size);
  inflater.begin(data, size);
  while (!inflater.block());
  if (inflater.left >= 8) throw new Refusal(DECODE, 'bytes follow the deflate data');
  return inflater.finish(size);
}
