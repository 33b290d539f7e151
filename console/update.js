/**
 * Applies updates to the picture: reset, copies, tiles, JPEGs. SPEC.md 7.
 *
 * @typedef {object} Codecs what a Picture decodes with
 * @property {() => import('./decoders/inflate.js').Inflater} inflater begins a deflate stream
 * @property {(data: Uint8Array, width: number, height: number) => Promise<Decoded>} jpeg
 * @typedef {import('./decoders/jpeg.js').Decoded} Decoded
 * @typedef {import('./protocol/messages.js').Update} Update
 * @typedef {import('./protocol/messages.js').JPEGRect} JPEGRect
 */

import { paintCopies } from './decoders/copies.js';
import { paintTiles } from './decoders/tiles.js';
import { DECODE, Refusal, SEQUENCE } from './protocol/codes.js';
import { geometry } from './protocol/ranges.js';
import { Surface } from './surface.js';

/** The picture of one session. Updates are applied one after the other, never two at a time. */
export class Picture {
  /**
   * @param {Codecs} codecs
   * @param {boolean} marked whether its surface keeps which pixels are lossy
   */
  constructor(codecs, marked = true) {
    this.codecs = codecs;
    this.marked = marked;
    /** @type {Surface | null} null before the first reset */
    this.surface = null;
    /** @type {import('./decoders/inflate.js').Inflater | null} */
    this.inflater = null;
    this.generation = 0; // of the last reset
    this.part = { x: 0, y: 0, width: 0, height: 0 }; // of the screen, that the picture shows
    /** @type {import('./dirty.js').Rect[]} of the screen */
    this.monitors = [];
    this.number = 0; // of the last update
    this.moment = 0; // of the last update
    this.whole = true; // the last update ended its moment
  }

  /**
   * Applies the next update. The picture may be shown when it was the last of
   * its moment; until then it is partly of the moment before.
   * @param {Update} update
   */
  async apply(update) {
    this.follow(update);
    if (update.reset.length > 0) this.reset(update.reset);
    const { surface, inflater } = this;
    if (!surface || !inflater) throw new Refusal(DECODE, 'update 1 without reset');
    const [first = [], ...others] = batches(surface, update.jpegs);
    const jpegs = this.decodeJPEGs(first);
    jpegs.catch(() => {}); // seen below, unless something fails before
    paintCopies(surface, update.copies);
    if (update.inflated > 0) paintTiles(surface, inflater.take(update.tiles, update.inflated));
    if (first.length > 0) await paintAll(surface, first, await jpegs);
    for (const batch of others) await paintAll(surface, batch, await this.decodeJPEGs(batch));
    this.whole = update.last;
  }

  /**
   * Checks that an update comes after the one before it.
   * @param {Update} update
   */
  follow({ number, moment, reset, copies }) {
    const anew = reset.length > 0 && moment > this.moment && number > this.number;
    if (anew) this.whole = true; // what was open has been abandoned, and numbers with it
    else if (number !== this.number + 1) throw new Refusal(SEQUENCE, `update ${number} after ${this.number}`);
    else if (moment !== (this.whole ? this.moment + 1 : this.moment)) throw new Refusal(SEQUENCE, `moment ${moment} after ${this.moment}`);
    if (!this.whole && (reset.length > 0 || copies.length > 0)) {
      throw new Refusal(DECODE, 'a reset or a copy inside a moment');
    }
    this.number = number;
    this.moment = moment;
  }

  /** @param {number[]} list generation, size of the picture, part of the screen, monitors */
  reset(list) {
    if (!geometry(list)) throw new Refusal(DECODE, 'a reset to no picture that the protocol allows');
    const [generation, width, height, ...places] = list;
    this.close();
    this.surface = new Surface(width, height, this.marked);
    [this.part, ...this.monitors] = rectangles(places);
    this.generation = generation;
    this.inflater = this.codecs.inflater();
  }

  /**
   * Decodes JPEGs side by side.
   * @param {JPEGRect[]} jpegs
   */
  decodeJPEGs(jpegs) {
    return Promise.all(jpegs.map(([, , width, height, data]) => this.codecs.jpeg(data, width, height)));
  }

  close() {
    this.inflater = null;
  }
}

/** @param {number[]} flat x, y, width, height of each rectangle */
function rectangles(flat) {
  return Array.from({ length: flat.length / 4 }, (_, i) => {
    const [x, y, width, height] = flat.slice(4 * i, 4 * i + 4);
    return { x, y, width, height };
  });
}

/**
 * Cuts the JPEGs of an update into batches to decode side by side. A batch has
 * no more pixels than the picture, which a sender never needs and a hostile one
 * would use to fill the memory: a kilobyte can claim 32 million pixels.
 * @param {Surface} surface
 * @param {JPEGRect[]} jpegs
 */
function batches(surface, jpegs) {
  /** @type {JPEGRect[][]} */
  const cut = [];
  let left = 0; // pixels that still fit into the last batch
  for (const jpeg of jpegs) {
    const [x, y, width, height] = jpeg;
    surface.check(x, y, width, height);
    if (width * height > left) {
      cut.push([]);
      left = surface.width * surface.height;
    }
    cut[cut.length - 1].push(jpeg);
    left -= width * height;
  }
  return cut;
}

/**
 * @param {Surface} surface
 * @param {JPEGRect[]} jpegs
 * @param {Decoded[]} images of each
 */
async function paintAll(surface, jpegs, images) {
  for (const [i, [x, y, width, height]] of jpegs.entries()) {
    await images[i].paint(surface.pixels, y * surface.width + x, surface.width);
    surface.painted(x, y, width, height, true);
  }
}
