/**
 * CBOR (RFC 8949) for the subset of SPEC.md 3, in core deterministic encoding:
 * integers to 2^53-1, booleans, text, byte strings, arrays, and maps with
 * unsigned keys. Left out, and refused with FORM: indefinite lengths, tags,
 * floats, null, undefined, other simple values. What is well-formed but not in
 * its shortest or sorted form is refused with CANONICAL, after all of the form
 * has been judged.
 *
 * @typedef {CBORValue} Value
 */

import { CANONICAL, FORM, Refusal } from './codes.js';
import { MAX_ARRAY, MAX_INTEGER, MAX_MAP, MAX_NESTING, MAX_TEXT } from './limits.js';

const UINT = 0, INT = 1, BYTES = 2, TEXT = 3, ARRAY = 4, MAP = 5, SIMPLE = 7;
const FALSE = 20, TRUE = 21;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * Reads exactly one item. Byte strings are views of data, not copies.
 * @param {Uint8Array} data
 * @returns {Value}
 */
export function decode(data) {
  const { value, sloppy } = read(data);
  if (sloppy) throw sloppy;
  return value;
}

/**
 * Reads one item and judges its form only; sloppy is what keeps it from being
 * canonical, for a caller who has more to say about the form.
 * @param {Uint8Array} data
 */
export function read(data) {
  const reader = new Reader(data);
  const value = reader.item(0);
  if (reader.at !== data.length) throw new Refusal(FORM, `${data.length - reader.at} bytes follow the message`);
  return { value, sloppy: reader.sloppy };
}

/** Walks over one message; depth counts the arrays and maps around an item. */
class Reader {
  /** @param {Uint8Array} data */
  constructor(data) {
    this.data = data;
    this.at = 0;
    this.major = 0;
    /** @type {Refusal | null} the first thing that is not canonical */
    this.sloppy = null;
  }

  /**
   * @param {number} depth
   * @returns {Value}
   */
  item(depth) {
    const n = this.head();
    switch (this.major) {
      case UINT: return n;
      case INT: return -1 - n;
      case BYTES: return this.bytes(n);
      case TEXT: return this.text(n);
      case ARRAY: return this.array(n, depth + 1);
      case MAP: return this.map(n, depth + 1);
      default: return n === TRUE;
    }
  }

  /** Reads a first byte and its argument; the major type goes to this.major. */
  head() {
    if (this.at >= this.data.length) throw new Refusal(FORM, 'ends in the middle of an item');
    const first = this.data[this.at++];
    const info = first & 31;
    this.major = first >> 5;
    if (this.major === 6 || (this.major === SIMPLE && info !== FALSE && info !== TRUE)) {
      throw new Refusal(FORM, 'tags, floats, null and other simple values are not used');
    }
    const n = info < 24 ? info : this.argument(info);
    if (n > MAX_INTEGER || (this.major === INT && n === MAX_INTEGER)) throw new Refusal(FORM, 'a number beyond 2^53-1');
    return n;
  }

  /** @param {number} info 24 to 31 */
  argument(info) {
    if (info > 27) throw new Refusal(FORM, 'a reserved or indefinite length');
    const size = 1 << (info - 24);
    if (this.data.length - this.at < size) throw new Refusal(FORM, 'ends in the middle of a number');
    let n = 0;
    for (let i = 0; i < size; i++) n = n * 256 + this.data[this.at++];
    if (n < [24, 2 ** 8, 2 ** 16, 2 ** 32][info - 24]) this.blame('a number is not in its shortest form');
    return n;
  }

  /** @param {number} n */
  bytes(n) {
    if (n > this.data.length - this.at) throw new Refusal(FORM, 'ends in the middle of a string');
    this.at += n;
    return this.data.subarray(this.at - n, this.at);
  }

  /** @param {number} n */
  text(n) {
    const bytes = this.bytes(n);
    if (n > MAX_TEXT) throw new Refusal(FORM, 'a text is too long');
    try {
      return decoder.decode(bytes);
    } catch {
      throw new Refusal(FORM, 'text is not UTF-8');
    }
  }

  /**
   * @param {number} n
   * @param {number} depth
   */
  array(n, depth) {
    room('an array', n, MAX_ARRAY, depth);
    /** @type {Value[]} */
    const values = [];
    for (let i = 0; i < n; i++) values.push(this.item(depth));
    return values;
  }

  /**
   * @param {number} n
   * @param {number} depth
   */
  map(n, depth) {
    room('a map', n, MAX_MAP, depth);
    /** @type {ValueMap} */
    const values = new Map();
    let last = -1;
    for (let i = 0; i < n; i++) {
      const key = this.head();
      if (this.major !== UINT) throw new Refusal(FORM, 'a key is not an unsigned integer');
      if (key <= last) this.blame('keys are not in order');
      last = key;
      values.set(key, this.item(depth));
    }
    return values;
  }

  /** @param {string} reason */
  blame(reason) {
    this.sloppy ??= new Refusal(CANONICAL, reason);
  }
}

/**
 * @param {string} what
 * @param {number} n
 * @param {number} limit
 * @param {number} depth
 */
function room(what, n, limit, depth) {
  if (depth > MAX_NESTING) throw new Refusal(FORM, `nested deeper than ${MAX_NESTING}`);
  if (n > limit) throw new Refusal(FORM, `${what} of ${n}, at most ${limit}`);
}

/**
 * Writes one item. Map keys must have been set in ascending order.
 * @param {Value} value
 * @returns {Uint8Array}
 */
export function encode(value) {
  /** @type {number[]} */
  const out = [];
  write(out, value);
  return Uint8Array.from(out);
}

/**
 * @param {number[]} out
 * @param {Value} value
 */
function write(out, value) {
  if (typeof value === 'number') writeHead(out, value < 0 ? INT : UINT, value < 0 ? -1 - value : value);
  else if (typeof value === 'boolean') out.push((SIMPLE << 5) | (value ? TRUE : FALSE));
  else if (typeof value === 'string') writeString(out, TEXT, encoder.encode(value));
  else if (value instanceof Uint8Array) writeString(out, BYTES, value);
  else if (Array.isArray(value)) {
    writeHead(out, ARRAY, value.length);
    for (const element of value) write(out, element);
  } else {
    writeHead(out, MAP, value.size);
    for (const [key, element] of value) {
      write(out, key);
      write(out, element);
    }
  }
}

/**
 * @param {number[]} out
 * @param {number} major
 * @param {Uint8Array} bytes
 */
function writeString(out, major, bytes) {
  writeHead(out, major, bytes.length);
  for (const byte of bytes) out.push(byte);
}

/**
 * @param {number[]} out
 * @param {number} major
 * @param {number} n
 */
function writeHead(out, major, n) {
  if (!Number.isSafeInteger(n)) throw new TypeError(`not an integer: ${n}`);
  const [size, info] = n < 24 ? [0, n] : n < 2 ** 8 ? [1, 24] : n < 2 ** 16 ? [2, 25] : n < 2 ** 32 ? [4, 26] : [8, 27];
  out.push((major << 5) | info);
  for (let i = size - 1; i >= 0; i--) out.push(Math.floor(n / 256 ** i) % 256);
}
