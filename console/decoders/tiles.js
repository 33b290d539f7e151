/**
 * The tile bytecode: rectangles one after another, each inside one cell of the
 * grid. SPEC.md 7.4. Pixels are what the surface has, 0xffBBGGRR as a signed
 * number: small enough that a JavaScript engine keeps them out of the heap.
 */

import { DECODE, Refusal } from '../protocol/codes.js';
import { CELL, MAX_RECTS } from '../protocol/limits.js';

const BLACK = 0xff000000 | 0;
const HEADER = 8; // x, y, width, height as big-endian uint16

// What is being decoded now: one rectangle, its rows without a gap, and the
// index of the last colours. Both begin anew with each rectangle.
const cell = new Int32Array(CELL * CELL);
const index = new Int32Array(64);

/**
 * Paints every rectangle in codes.
 * @param {import('../surface.js').Surface} surface
 * @param {Uint8Array} codes the inflated bytes of one update
 */
export function paintTiles(surface, codes) {
  let at = 0;
  for (let rects = 0; at < codes.length; rects++) {
    if (rects === MAX_RECTS) throw new Refusal(DECODE, `more than ${MAX_RECTS} rectangles`);
    if (codes.length - at < HEADER) throw new Refusal(DECODE, 'ends in the middle of a rectangle');
    const x = (codes[at] << 8) | codes[at + 1], y = (codes[at + 2] << 8) | codes[at + 3];
    const width = (codes[at + 4] << 8) | codes[at + 5], height = (codes[at + 6] << 8) | codes[at + 7];
    surface.check(x, y, width, height);
    if ((x % CELL) + width > CELL || (y % CELL) + height > CELL) throw new Refusal(DECODE, 'a rectangle crosses the grid');
    at = decodeRect(codes, at + HEADER, width, height);
    surface.paint(x, y, width, height, cell);
  }
}

/**
 * Decodes the codes of one rectangle into cell, and returns where they end.
 * @param {Uint8Array} codes
 * @param {number} at
 * @param {number} width
 * @param {number} height
 */
function decodeRect(codes, at, width, height) {
  const total = width * height, end = codes.length;
  let made = 0, previous = BLACK;
  index.fill(BLACK);
  while (made < total) {
    if (at >= end) throw new Refusal(DECODE, 'a rectangle lacks pixels');
    const code = codes[at++];
    if (code < 0x40) {
      cell[made++] = previous = index[code];
    } else if (code >= 0xc0 && code < 0xe0) {
      const run = (code & 31) + 1;
      if (run > total - made) throw new Refusal(DECODE, 'a run beyond its rectangle');
      for (const stop = made + run; made < stop; made++) cell[made] = previous;
    } else if (code >= 0xe0 && code < 0xfe) {
      const run = code - 0xdf;
      if (made < width || run > total - made) throw new Refusal(DECODE, 'a run of the row above out of place');
      for (const stop = made + run; made < stop; made++) cell[made] = cell[made - width];
      previous = cell[made - 1];
    } else {
      if (code < 0x80) {
        previous = add(previous, ((code >> 4) & 3) - 2, ((code >> 2) & 3) - 2, (code & 3) - 2);
      } else if (code < 0xc0) {
        if (at >= end) throw new Refusal(DECODE, 'ends in the middle of a pixel');
        const green = (code & 63) - 32, more = codes[at++];
        previous = add(previous, green + (more >> 4) - 8, green, green + (more & 15) - 8);
      } else {
        if (code === 0xff) throw new Refusal(DECODE, 'no such code');
        if (end - at < 3) throw new Refusal(DECODE, 'ends in the middle of a pixel');
        previous = BLACK | (codes[at + 2] << 16) | (codes[at + 1] << 8) | codes[at];
        at += 3;
      }
      index[hash(previous)] = cell[made++] = previous;
    }
  }
  return at;
}

/**
 * @param {number} pixel
 * @param {number} red
 * @param {number} green
 * @param {number} blue
 */
function add(pixel, red, green, blue) {
  const r = (pixel + red) & 255, g = ((pixel >> 8) + green) & 255, b = ((pixel >> 16) + blue) & 255;
  return BLACK | (b << 16) | (g << 8) | r;
}

/** @param {number} pixel */
function hash(pixel) {
  return (3 * (pixel & 255) + 5 * ((pixel >> 8) & 255) + 7 * ((pixel >> 16) & 255)) & 63;
}
