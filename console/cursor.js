/**
 * The device's cursor. SPEC.md 7.8. Shapes are inflated one at a time and the
 * newest message wins, however many come meanwhile.
 *
 * @typedef {import('./protocol/messages.js').Cursor} CursorMessage
 * @typedef {object} Shape where and how to draw it
 * @property {number} x of the hot spot, device pixels
 * @property {number} y
 * @property {number} width 0: no cursor is to be seen
 * @property {number} height
 * @property {number} hotX
 * @property {number} hotY
 * @property {Uint8Array | null} pixels RGBA, not premultiplied; null: a plain arrow
 */

import { codeOf } from './protocol/codes.js';

export class Cursor {
  /**
   * @param {(data: Uint8Array, size: number) => Promise<Uint8Array>} inflate
   * @param {(shape: Shape) => void} show
   * @param {(code: number, text: string) => void} fail
   */
  constructor(inflate, show, fail) {
    this.inflate = inflate;
    this.show = show;
    this.fail = fail;
    /** @type {CursorMessage | null} the newest, not begun yet */
    this.next = null;
    this.busy = false;
    // The last shape: most messages only move it.
    this.deflated = new Uint8Array(0);
    this.pixels = new Uint8Array(0);
  }

  /** @param {CursorMessage} message newer than any before */
  take(message) {
    this.next = message;
    if (!this.busy) this.drain().catch((error) => this.fail(codeOf(error), error.message));
  }

  async drain() {
    this.busy = true;
    for (let message = this.next; message; message = this.next) {
      this.next = null;
      const { x, y, width, height, hotX, hotY } = message;
      const pixels = message.pixels.length === 0 ? null : await this.shape(message);
      this.show({ x, y, width, height, hotX, hotY, pixels });
    }
    this.busy = false;
  }

  /** @param {CursorMessage} message */
  async shape({ pixels, width, height }) {
    const size = 4 * width * height;
    if (this.pixels.length !== size || !equal(this.deflated, pixels)) {
      this.pixels = await this.inflate(pixels, size);
      this.deflated = pixels;
    }
    return this.pixels;
  }
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
function equal(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
