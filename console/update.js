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

import { batches, paintAll } from './decoders/batches.js';
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
    /** @type {{ update: Update, jpegs: Promise<Decoded[]> } | null} what is being decoded ahead of its turn */
    this.ahead = null;
  }

  /**
   * Begins with the JPEGs of the update that comes after the one at hand, so
   * that they are decoded while that one becomes pixels. No more than one
   * update is decoded ahead, and no more of it than a batch. What is wrong with
   * it is found when its turn comes.
   * @param {Update} update
   */
  foresee(update) {
    if (this.ahead || !this.surface || update.reset.length > 0 || update.jpegs.length === 0) return;
    const jpegs = this.decodeFirst(this.surface, update);
    jpegs.catch(() => {});
    this.ahead = { update, jpegs };
  }

  /**
   * @param {Surface} surface
   * @param {Update} update
   */
  async decodeFirst(surface, { jpegs }) {
    return this.decodeJPEGs(batches(surface, jpegs)[0]);
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
    const jpegs = this.begun(update, first);
    jpegs.catch(() => {}); // seen below, unless something fails before
    paintCopies(surface, update.copies);
    if (update.inflated > 0) paintTiles(surface, inflater.take(update.tiles, update.inflated));
    if (first.length > 0) await paintAll(surface, first, await jpegs);
    for (const batch of others) await paintAll(surface, batch, await this.decodeJPEGs(batch));
    this.whole = update.last;
  }

  /**
   * The first batch of an update, begun before or now.
   * @param {Update} update
   * @param {JPEGRect[]} first
   */
  begun(update, first) {
    const { ahead } = this;
    this.ahead = null;
    return ahead?.update === update ? ahead.jpegs : this.decodeJPEGs(first);
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
    this.ahead = null;
  }
}

/** @param {number[]} flat x, y, width, height of each rectangle */
function rectangles(flat) {
  return Array.from({ length: flat.length / 4 }, (_, i) => {
    const [x, y, width, height] = flat.slice(4 * i, 4 * i + 4);
    return { x, y, width, height };
  });
}
