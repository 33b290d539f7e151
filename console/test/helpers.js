// What several tests need.

import { inflateRawSync, constants } from 'node:zlib';

import { StreamInflater } from '../decoders/inflate.js';
import { Refusal } from '../protocol/codes.js';

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

/**
 * What a browser's DecompressionStream('deflate-raw') is by its standard, made
 * of node:zlib: Node 18 has none, and that of Node 20 differs. It inflates all
 * that came so far with each chunk, and gives out what is new.
 */
export function zlibStream() {
  let came = new Uint8Array(0), given = 0;
  const inflate = (/** @type {object} */ options) => {
    const { buffer, engine } = inflateRawSync(came, { ...options, info: true });
    if (engine.bytesWritten < came.length) throw new TypeError('junk after the end');
    return buffer;
  };
  return new TransformStream({
    transform(chunk, controller) {
      came = new Uint8Array([...came, ...chunk]);
      const all = inflate({ finishFlush: constants.Z_SYNC_FLUSH });
      for (; given < all.length; given = Math.min(given + 65536, all.length)) {
        controller.enqueue(new Uint8Array(all.subarray(given, given + 65536)));
      }
    },
    flush() {
      inflate({});
    },
  });
}

/** The inflater of the console over it. */
export const zlibInflater = () => new StreamInflater(zlibStream());

/**
 * The same numbers in every run: each call gives one below n.
 * @param {number} seed
 */
export function randomFrom(seed) {
  return (/** @type {number} */ n) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % n;
  };
}

/** Lets everything that waits for nothing but the event loop come to its end. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
