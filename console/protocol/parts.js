/**
 * Puts parts together again. SPEC.md 3.2; protocol/parts.go is its twin.
 */

import { DECODE, Refusal } from './codes.js';
import { MAX_JOINED } from './limits.js';

/** Joins the parts of one channel. It grows only with what has come. */
export class Joiner {
  /** @param {{ ordered: boolean }} channel whether parts come strictly in order, as on screen */
  constructor({ ordered }) {
    this.ordered = ordered;
    this.open = 0; // number of the message being joined, or 0
    this.done = 0; // number of the last message finished
    this.size = 0; // bytes that have come
    this.have = 0; // pieces that have come
    /** @type {(Uint8Array | undefined)[]} */
    this.pieces = [];
  }

  /**
   * Forgets the message that is open, if any: on an ordered channel another
   * message came, so that the rest of it never will.
   */
  drop() {
    this.done = Math.max(this.done, this.open);
    this.open = 0;
    this.pieces = [];
  }

  /**
   * Takes a part, and returns the whole message with the last of them.
   * @param {import('./messages.js').Part} part
   * @returns {Uint8Array | null}
   */
  add(part) {
    if (!this.ordered && (part.message <= this.done || part.message < this.open)) return null;
    if (part.message !== this.open) this.begin(part);
    this.place(part);
    return this.have < this.pieces.length ? null : this.finish();
  }

  /** @param {import('./messages.js').Part} part */
  begin(part) {
    this.drop();
    if (this.ordered && part.message <= this.done) {
      throw new Refusal(DECODE, `part of message ${part.message} out of its turn`);
    }
    this.open = part.message;
    this.size = this.have = 0;
    this.pieces = new Array(part.count);
  }

  /** @param {import('./messages.js').Part} part */
  place({ index, count, bytes }) {
    if (count !== this.pieces.length) throw new Refusal(DECODE, 'parts differ in how many they are');
    if (this.pieces[index] || (this.ordered && index !== this.have)) throw new Refusal(DECODE, `part ${index} out of its turn`);
    this.size += bytes.length;
    if (this.size > MAX_JOINED) throw new Refusal(DECODE, `parts of more than ${MAX_JOINED} bytes`);
    this.pieces[index] = bytes;
    this.have++;
  }

  finish() {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const piece of this.pieces) {
      if (!piece) continue;
      whole.set(piece, at);
      at += piece.length;
    }
    this.drop();
    return whole;
  }
}
