/**
 * What the console holds down on the device, keys and buttons, and so what it
 * must let go. Everything that presses goes through here.
 *
 * @typedef {(channel: 'move' | 'input', kind: string, event: { [field: string]: import('../protocol/cbor.js').Value }, scope: number) => void} Send
 */

import { KEYBOARD, POINTER } from '../consent.js';
import { MAX_HELD } from '../protocol/limits.js';
import { nearest } from './place.js';

export const NAMED = 1000; // ms between two messages of what is held, SPEC.md 8.5

export class Held {
  /**
   * @param {Send} send
   * @param {import('../clock.js').Clock} clock
   */
  constructor(send, clock) {
    this.send = send;
    this.clock = clock;
    /** @type {Set<string>} */
    this.keys = new Set();
    /** @type {Set<number>} */
    this.buttons = new Set();
    this.at = { x: 0, y: 0 }; // where the last button went down or up
    this.naming = false; // the keys will be named within the second
  }

  /**
   * Presses or releases a key, once; no more than a device holds.
   * @param {string} code
   * @param {boolean} down
   */
  key(code, down) {
    if (down === this.keys.has(code) || (down && this.keys.size === MAX_HELD)) return;
    if (down) this.keys.add(code);
    else this.keys.delete(code);
    this.send('input', 'key', { code, down }, KEYBOARD);
    if (!this.naming && this.keys.size > 0) this.nameLater();
  }

  /**
   * @param {number} button as in SPEC.md 8.2
   * @param {boolean} down
   * @param {number} x device pixels
   * @param {number} y
   */
  button(button, down, x, y) {
    if (down === this.buttons.has(button)) return;
    this.at = { x, y };
    if (down) this.buttons.add(button);
    else this.buttons.delete(button);
    this.send('input', 'button', { x, y, button, down }, POINTER);
  }

  nameLater() {
    this.naming = true;
    this.clock.after(NAMED, () => {
      this.naming = this.keys.size > 0;
      if (!this.naming) return;
      this.send('input', 'held', { codes: [...this.keys] }, KEYBOARD);
      this.nameLater();
    });
  }

  /** Lets everything go. */
  release() {
    for (const code of [...this.keys]) this.key(code, false);
    for (const button of [...this.buttons]) this.button(button, false, this.at.x, this.at.y);
  }

  /**
   * Another part of the screen is shown.
   * @param {import('./place.js').Part} part
   */
  within(part) {
    this.at = nearest(this.at, part);
  }
}
