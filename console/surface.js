/**
 * The picture as the console holds it: one number 0xffBBGGRR a pixel, which is
 * RGBA in memory on every machine a browser runs on, and which cells of the
 * grid changed since the last time they were taken. Nothing else writes pixels.
 * The numbers are signed, because engines are faster with those.
 */

import { Dirty } from './dirty.js';
import { DECODE, Refusal } from './protocol/codes.js';

const BLACK = 0xff000000 | 0; // opaque
const SHORT = 32; // pixels of a row that are copied one by one sooner than a view of them is made

export class Surface {
  /**
   * @param {number} width
   * @param {number} height
   * @param {boolean} marked whether it keeps which pixels are lossy
   */
  constructor(width, height, marked = true) {
    this.width = width;
    this.height = height;
    this.marked = marked;
    // A row more, because a browser wants room for whole rows to write pixels into.
    this.pixels = new Int32Array(width * (height + 1)).subarray(0, width * height).fill(BLACK);
    /**
     * 1 where a pixel came out of a JPEG, which decoders do not agree on to the
     * last bit, or was copied from there. null as long as there is no such
     * pixel, so that text never pays for it, and where nobody asks. SPEC.md 7.5.
     * @type {Uint8Array | null}
     */
    this.lossy = null;
    this.dirty = new Dirty(width, height);
    this.dirty.mark(0, 0, width, height);
  }

  /**
   * Refuses a rectangle that does not lie inside the picture.
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  check(x, y, width, height) {
    if (width < 1 || height < 1 || x + width > this.width || y + height > this.height) {
      throw new Refusal(DECODE, `rectangle ${width}x${height} at ${x},${y} outside the picture`);
    }
  }

  /**
   * Paints pixels whose rows follow one another without a gap.
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @param {Int32Array} source opaque
   */
  paint(x, y, width, height, source) {
    const { pixels } = this;
    let to = y * this.width + x;
    for (let from = 0, end = width * height; from < end; from += width, to += this.width) {
      if (width > SHORT) pixels.set(source.subarray(from, from + width), to);
      else for (let i = 0; i < width; i++) pixels[to + i] = source[from + i];
    }
    this.painted(x, y, width, height, false);
  }

  /**
   * Notes that pixels have been painted.
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @param {boolean} lossy they are out of a JPEG
   */
  painted(x, y, width, height, lossy) {
    if (lossy && this.marked) this.lossy ??= new Uint8Array(this.pixels.length);
    if (this.lossy) {
      const end = (y + height) * this.width;
      for (let start = y * this.width + x; start < end; start += this.width) this.lossy.fill(lossy ? 1 : 0, start, start + width);
    }
    this.dirty.mark(x, y, width, height);
  }

  /** The picture as it is now, for copies that must not see each other. */
  before() {
    return { pixels: this.pixels.slice(), lossy: this.lossy?.slice() ?? null };
  }

  /**
   * Moves a rectangle; what is lossy stays so. Within one copy the source may
   * lie under the target.
   * @param {import('./decoders/copies.js').Copy} copy
   * @param {{ pixels: Int32Array, lossy: Uint8Array | null }} before the picture to take it from: this one, or an older state of it
   */
  move({ sx, sy, x, y, width, height }, before) {
    for (let i = 0; i < height; i++) {
      const row = y > sy ? height - 1 - i : i; // downwards moves begin at the bottom
      const from = (sy + row) * this.width + sx, to = (y + row) * this.width + x;
      shift(this.pixels, to, before.pixels, from, width);
      if (this.lossy && before.lossy) shift(this.lossy, to, before.lossy, from, width);
    }
    this.dirty.mark(x, y, width, height);
  }

  /**
   * Copies a rectangle out into RGBA bytes, rows without a gap.
   * @param {import('./dirty.js').Rect} rect
   * @param {Int32Array} target
   * @param {number} at where in target it begins
   */
  read({ x, y, width, height }, target, at) {
    for (let row = 0; row < height; row++, at += width) {
      const from = (y + row) * this.width + x;
      target.set(this.pixels.subarray(from, from + width), at);
    }
  }
}

/**
 * Copies a part of a row. In one array the parts may overlap.
 * @template {Int32Array | Uint8Array} T
 * @param {T} target
 * @param {number} to
 * @param {T} source
 * @param {number} from
 * @param {number} width
 */
function shift(target, to, source, from, width) {
  if (target === source) target.copyWithin(to, from, from + width);
  else target.set(source.subarray(from, from + width), to);
}
