/**
 * What arrives on `screen`: parts, updates, the picture they make, and the
 * frames handed out of it. It lives in the worker; tests run it without one.
 *
 *     receive → parts joined → queue → Picture → frame → painted → ack
 *
 * Frames are never piled up: while two are out, changes gather in the picture
 * and the next frame carries the newest pixels of all of them.
 *
 * @typedef {object} Frame the newest pixels of what changed
 * @property {number} number of the last update in it
 * @property {number} generation of the picture
 * @property {number} width of the whole picture
 * @property {number} height
 * @property {import('./dirty.js').Rect} part of the screen, that the picture shows
 * @property {import('./dirty.js').Rect[]} monitors of the screen
 * @property {import('./dirty.js').Rect[]} rects
 * @property {ArrayBuffer} pixels RGBA of the rects one after another; goes back with painted
 * @property {Counters} counters
 *
 * @typedef {object} Counters since the session began
 * @property {number} bytes received on screen
 * @property {number} updates decoded
 *
 * @typedef {object} Outside where results go
 * @property {(message: Uint8Array) => void} send to the device
 * @property {(frame: Frame) => void} show
 * @property {(code: number, text: string) => void} fail the session cannot go on
 * @property {() => number} now milliseconds
 */

import { codeOf, FLOOD, FORM, Refusal } from './protocol/codes.js';
import { MAX_DECODE } from './protocol/limits.js';
import { decode, decodeJoined, encode } from './protocol/messages.js';
import { Joiner } from './protocol/parts.js';

// Two frames out keep the page busy without waiting for the way back.
const FRAMES_OUT = 2;

// What may wait to be decoded. A device paces itself by acks and has a few
// megabytes under way; one that goes on without them is flooding.
export const MAX_WAITING_BYTES = 64 << 20;
export const MAX_WAITING = 4096; // updates

export class Screen {
  /**
   * @param {import('./update.js').Picture} picture
   * @param {Outside} outside
   */
  constructor(picture, outside) {
    this.picture = picture;
    this.outside = outside;
    /** @type {import('./protocol/states.js').State} as far as screen is concerned */
    this.state = 'greeted';
    this.joiner = new Joiner({ ordered: true });
    /** @type {{ update: import('./update.js').Update, size: number }[]} */
    this.waiting = [];
    this.waitingBytes = 0;
    this.decoding = false;
    this.decodeTime = 0; // milliseconds, since the last frame
    /** @type {{ number: number, decode: number }[]} frames out, oldest first */
    this.out = [];
    /** @type {ArrayBuffer[]} buffers that came back */
    this.spare = [];
    this.unshown = false; // a moment has ended since the last frame
    this.counters = { bytes: 0, updates: 0 };
  }

  /** From now on the device may send: ready is about to leave. */
  begin() {
    this.state = 'waiting';
  }

  /**
   * Takes one message as the channel delivered it.
   * @param {unknown} data
   */
  receive(data) {
    if (this.state === 'over') return;
    try {
      if (!(data instanceof ArrayBuffer)) throw new Refusal(FORM, 'text instead of bytes');
      this.counters.bytes += data.byteLength;
      this.accept(new Uint8Array(data));
    } catch (error) {
      this.fail(error);
    }
  }

  /** @param {Uint8Array} data */
  accept(data) {
    /** @type {import('./protocol/messages.js').Way} */
    const way = { direction: 'd>c', channel: 'screen', state: this.state };
    let { message } = decode(data, way);
    let size = data.length;
    if (message.kind === 'part') {
      const whole = this.joiner.add(message);
      if (!whole) return;
      message = decodeJoined(whole, way).message;
      size = whole.length;
    } else {
      this.joiner.drop();
    }
    if (message.kind === 'update') this.wait(message, size);
  }

  /**
   * @param {import('./update.js').Update} update
   * @param {number} size
   */
  wait(update, size) {
    this.waiting.push({ update, size });
    this.waitingBytes += size;
    if (this.waiting.length > MAX_WAITING || this.waitingBytes > MAX_WAITING_BYTES) {
      throw new Refusal(FLOOD, 'updates come faster than they can be decoded');
    }
    if (!this.decoding) this.drain().catch((error) => this.fail(error));
    else if (this.waiting.length === 1) this.picture.foresee(update);
  }

  /** Decodes what waits, one update after the other. */
  async drain() {
    this.decoding = true;
    for (let next = this.waiting.shift(); next && this.state !== 'over'; next = this.waiting.shift()) {
      this.waitingBytes -= next.size;
      const began = this.outside.now();
      const applied = this.picture.apply(next.update);
      if (this.waiting.length > 0) this.picture.foresee(this.waiting[0].update);
      await applied;
      this.decodeTime += this.outside.now() - began;
      this.counters.updates++;
      this.unshown ||= next.update.last;
      this.show();
    }
    this.decoding = false;
  }

  /** Hands out what changed, if a moment is whole and a frame is free. */
  show() {
    const { picture } = this;
    if (!this.unshown || !picture.whole || !picture.surface || this.out.length === FRAMES_OUT || this.state === 'over') return;
    const { width, height, dirty } = picture.surface;
    const rects = dirty.take();
    const pixels = this.collect(picture.surface, rects);
    this.out.push({ number: picture.number, decode: this.decodeTime });
    this.decodeTime = 0;
    this.unshown = false;
    const { number, generation, part, monitors } = picture;
    this.outside.show({ number, generation, width, height, part, monitors, rects, pixels, counters: { ...this.counters } });
  }

  /**
   * @param {import('./surface.js').Surface} surface
   * @param {import('./dirty.js').Rect[]} rects
   */
  collect(surface, rects) {
    const total = rects.reduce((sum, { width, height }) => sum + width * height, 0);
    let pixels = this.spare.pop();
    if (!pixels || pixels.byteLength < 4 * total) pixels = new ArrayBuffer(4 * total);
    const target = new Int32Array(pixels);
    let at = 0;
    for (const rect of rects) {
      surface.read(rect, target, at);
      at += rect.width * rect.height;
    }
    return pixels;
  }

  /**
   * The oldest frame out is on the page: tell the device, and go on.
   * @param {ArrayBuffer} pixels
   */
  painted(pixels) {
    const frame = this.out.shift();
    if (!frame || this.state === 'over') return;
    this.spare.push(pixels);
    const decode = Math.min(Math.round(1000 * frame.decode), MAX_DECODE);
    this.outside.send(encode('ack', { number: frame.number, decode }));
    // While an update is being applied the picture is of two moments; its end calls show.
    if (!this.decoding) this.show();
  }

  /** @param {unknown} error */
  fail(error) {
    if (this.state === 'over') return;
    this.end();
    this.outside.fail(codeOf(error), error instanceof Error ? error.message : '');
  }

  end() {
    this.state = 'over';
    this.waiting = [];
    this.spare = [];
    this.picture.close();
  }
}
