/**
 * Types text on the device: in pieces of the size that a message may have, no
 * faster than SPEC.md 11 allows, and keys in their turn between them.
 *
 * @typedef {{ text: string } | { code: string, down: boolean }} Item
 * @typedef {'typing' | 'cut' | ''} Note what the agent is told about what they pasted: it
 *   is still being typed, or the end of it was left out
 */

import { KEYBOARD } from '../consent.js';
import { MAX_TYPED } from '../protocol/limits.js';
import { byteLength } from '../protocol/ranges.js';
import { Rate } from '../rate.js';
import { cut } from '../text.js';

export const BYTES = 960; // in a second: a little below the 1 KiB of SPEC.md 11, because messages bunch on their way
export const MAX_PASTE = 4096; // bytes of one paste

/**
 * Cuts a text into pieces of so many bytes at most, between characters.
 * @param {string} text
 * @param {number} bytes
 */
export function pieces(text, bytes) {
  const all = [];
  for (let rest = text; rest; rest = rest.slice(all[all.length - 1].length)) all.push(cut(rest, bytes));
  return all;
}

/**
 * What a device types of a text: other line ends are line feeds, other control
 * characters and halves of characters are left out. SPEC.md 8.6.
 * @param {string} text
 */
export function typable(text) {
  return text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/gu, '');
}

export class Typist {
  /**
   * @param {import('./held.js').Send} send
   * @param {import('./held.js').Held} held
   * @param {import('../clock.js').Clock} clock
   * @param {() => void} changed the note is another one
   */
  constructor(send, held, clock, changed) {
    this.send = send;
    this.held = held;
    this.clock = clock;
    this.changed = changed;
    this.rate = new Rate(BYTES, 1000);
    /** @type {Item[]} what waits for its turn */
    this.queue = [];
    this.wasCut = false; // the last paste
    this.waited = false; // something did, when we looked last
    this.cancel = () => {};
  }

  /** @param {string} text as it was typed or composed */
  type(text) {
    this.add(typable(text), false);
  }

  /** @param {string} text from the agent's clipboard */
  paste(text) {
    const whole = typable(text), kept = cut(whole, MAX_PASTE);
    this.add(kept, kept !== whole);
  }

  /**
   * @param {string} text
   * @param {boolean} wasCut
   */
  add(text, wasCut) {
    const told = wasCut !== this.wasCut;
    this.wasCut = wasCut;
    for (const piece of pieces(text, MAX_TYPED)) this.queue.push({ text: piece });
    this.go();
    if (told) this.changed();
  }

  /**
   * @param {string} code
   * @param {boolean} down
   */
  key(code, down) {
    this.queue.push({ code, down });
    this.go();
  }

  /** Leaves out whatever waits. */
  stop() {
    this.cancel();
    const told = this.note !== '';
    this.queue = [];
    this.wasCut = this.waited = false;
    if (told) this.changed();
  }

  /** Bytes that wait to be typed. */
  get waiting() {
    return this.queue.reduce((sum, item) => sum + ('text' in item ? byteLength(item.text) : 0), 0);
  }

  /** @returns {Note} */
  get note() {
    return this.waiting > 0 ? 'typing' : this.wasCut ? 'cut' : '';
  }

  go() {
    this.cancel();
    for (let item = this.queue[0]; item && this.fits(item); item = this.queue[0]) {
      this.queue.shift();
      if ('text' in item) this.say(item.text);
      else this.held.key(item.code, item.down);
    }
    const waits = this.queue.length > 0;
    if (waits || this.waited) this.changed();
    this.waited = waits;
  }

  /** @param {string} text */
  say(text) {
    this.rate.take(byteLength(text), this.clock.now());
    this.send('input', 'text', { text }, KEYBOARD);
  }

  /**
   * Whether an item may go now; if not, it is looked at again when it may.
   * @param {Item} item
   */
  fits(item) {
    if (!('text' in item)) return true;
    const wait = this.rate.wait(byteLength(item.text), this.clock.now());
    if (wait > 0) this.cancel = this.clock.after(wait, () => this.go());
    return wait <= 0;
  }
}
