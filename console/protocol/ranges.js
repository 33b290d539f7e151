/**
 * Which values a field may have: the last check of SPEC.md 3.1. Each function
 * here is, or makes, a predicate over a value whose type has been checked.
 */

import * as codes from './codes.js';
import * as limit from './limits.js';

const encoder = new TextEncoder();

/** @type {Set<unknown>} */
const reasons = new Set(Object.values(codes));

/** @param {string} value */
export const byteLength = (value) => encoder.encode(value).length;

export const any = () => true;

/**
 * @param {number} low
 * @param {number} high
 */
export const between = (low, high) => (/** @type {number} */ value) => value >= low && value <= high;

/**
 * @param {number} low
 * @param {number} high
 */
export const text = (low, high) => (/** @type {string} */ value) => between(low, high)(byteLength(value));

/**
 * @param {number} low
 * @param {number} high
 */
export const bytes = (low, high) => (/** @type {Uint8Array} */ value) => between(low, high)(value.length);

/**
 * @template T
 * @param {number} low how many elements at least
 * @param {number} high how many at most
 * @param {(element: T) => boolean} fits
 */
export const list = (low, high, fits) => (/** @type {T[]} */ value) => between(low, high)(value.length) && value.every(fits);

/** A running number: from 1, and never wrapping. */
export const number = between(1, limit.MAX_NUMBER);
export const uint16 = between(0, 0xffff);
export const uint32 = between(0, 0xffffffff);
export const side = between(1, limit.MAX_SIDE);

/** A reason of SPEC.md 10; the numbers between them are not used. */
export const code = (/** @type {number} */ value) => reasons.has(value);

/** @param {number[]} value */
export function ascending(value) {
  return value.every((element, i) => i === 0 || element > value[i - 1]);
}

/** @param {number[]} value capabilities, ascending */
export function capabilities(value) {
  return list(0, limit.MAX_CAPABILITIES, uint16)(value) && ascending(value);
}

/** @param {string} value sixteen hexadecimal digits */
export const sessionName = (value) => /^[0-9a-f]{16}$/.test(value);

/**
 * Rectangles x, y, width, height of a flat list, from an offset on.
 * @param {number[]} flat
 * @param {number} from
 */
function rectangles(flat, from) {
  for (let i = from; i < flat.length; i += 4) {
    if (!uint16(flat[i]) || !uint16(flat[i + 1]) || !side(flat[i + 2]) || !side(flat[i + 3])) return false;
  }
  return (flat.length - from) % 4 === 0;
}

/** How many numbers a reset has before its monitors. */
const RESET_HEAD = 7;

/** @param {number[]} value nothing, or generation, size of the picture, part of the screen, monitors */
export function geometry(value) {
  if (value.length === 0) return true;
  const [generation, width, height, , , wide, high] = value;
  return value.length >= RESET_HEAD && value.length <= RESET_HEAD + 4 * limit.MAX_MONITORS
    && number(generation) && rectangles(value, 3) && wide * high <= limit.MAX_AREA
    && between(1, wide)(width) && between(1, high)(height);
}

/** @param {number[]} value sx, sy, x, y, width, height of each copy */
export function copies(value) {
  if (value.length % 6 !== 0 || value.length > 6 * limit.MAX_COPIES) return false;
  return value.every((n, i) => (i % 6 < 4 ? uint16(n) : side(n)));
}

/** @param {number[]} value why, x, y, width, height of each area */
export function areas(value) {
  if (value.length % 5 !== 0 || value.length > 5 * limit.MAX_MASKS) return false;
  return value.every((n, i) => (i % 5 === 0 ? between(1, 3)(n) : i % 5 < 3 ? uint16(n) : side(n)));
}

/** @param {[number, number, number, number, Uint8Array][]} value */
export function jpegs(value) {
  return value.length <= limit.MAX_JPEGS && value.every(([x, y, width, height, data]) => (
    uint16(x) && uint16(y) && side(width) && side(height) && bytes(1, limit.MAX_UPDATE)(data)));
}

/** @param {number[]} value x, y of each point */
export function points(value) {
  return value.length % 2 === 0 && list(2, 2 * limit.MAX_POINTS, uint16)(value);
}

/** @param {{ index: number, count: number }} part */
export const partFits = (part) => part.index < part.count;

/** @param {{ inflated: number, tiles: Uint8Array, jpegs: [number, number, number, number, Uint8Array][] }} update */
export function updateFits({ inflated, tiles, jpegs: pictures }) {
  const size = pictures.reduce((sum, [, , , , data]) => sum + data.length, tiles.length);
  return (inflated === 0) === (tiles.length === 0) && size <= limit.MAX_UPDATE;
}

/** @param {{ width: number, height: number, hotX: number, hotY: number, pixels: Uint8Array }} cursor */
export function cursorFits({ width, height, hotX, hotY, pixels }) {
  if (width === 0 || height === 0) return width === height && hotX === 0 && hotY === 0 && pixels.length === 0;
  return hotX < width && hotY < height;
}
