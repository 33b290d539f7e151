// What several tests need.

import { inflateRawSync, constants } from 'node:zlib';

import { isFlushed } from '../decoders/inflate.js';
import { DECODE, Refusal } from '../protocol/codes.js';

/**
 * @param {string} hex spaces and line ends are left out
 * @returns {Uint8Array}
 */
export function bytesOf(hex) {
  return Uint8Array.from(hex.replace(/\s/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** @param {Uint8Array} bytes */
export const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * What a test throws when it must see a code.
 * @param {number} code
 */
export const refused = (code) => (/** @type {unknown} */ error) => error instanceof Refusal && error.code === code;

/** The deflate stream by node:zlib, for a Node that has no stream of its own for it. */
export class ZlibInflater {
  constructor() {
    this.window = new Uint8Array(0); // the last 32 KiB that came out
  }

  /**
   * @param {Uint8Array} chunk
   * @param {number} size
   */
  async take(chunk, size) {
    if (!isFlushed(chunk)) throw new Refusal(DECODE, 'a chunk that is not flushed');
    const out = new Uint8Array(this.inflate(chunk, size));
    if (out.length !== size) throw new Refusal(DECODE, `inflates to ${out.length} bytes instead of ${size}`);
    const joined = new Uint8Array([...this.window, ...out]);
    this.window = joined.slice(-32768);
    return out;
  }

  /**
   * @param {Uint8Array} chunk
   * @param {number} size
   */
  inflate(chunk, size) {
    const dictionary = this.window.length > 0 ? { dictionary: this.window } : {};
    try {
      return inflateRawSync(chunk, { ...dictionary, finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: size + 1 });
    } catch (error) {
      throw new Refusal(DECODE, String(error));
    }
  }

  close() {}
}

/** Lets everything that waits for nothing but the event loop come to its end. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
