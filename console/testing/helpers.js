// What several tests need.

import { Refusal } from '../protocol/codes.js';
import { decode, encode } from '../protocol/messages.js';

/**
 * @param {string} hex spaces and line ends are left out
 * @returns {Uint8Array}
 */
export function bytesOf(hex) {
  return Uint8Array.from(hex.replace(/\s/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** @param {Uint8Array} bytes */
export const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * What a test throws when it must see a code.
 * @param {number} code
 */
export const refused = (code) => (/** @type {unknown} */ error) => error instanceof Refusal && error.code === code;

/**
 * A JPEG of one colour, as a decoder hands it over.
 * @param {number} width
 * @param {number} height
 * @param {number} pixel
 * @returns {import('../decoders/jpeg.js').Decoded}
 */
export const plain = (width, height, pixel) => ({
  async paint(pixels, at, stride) {
    for (let row = 0; row < height; row++, at += stride) pixels.fill(pixel | 0xff000000, at, at + width);
  },
});

/**
 * The same numbers in every run: each call gives one below n.
 * @param {number} seed
 */
export function randomFrom(seed) {
  return (/** @type {number} */ n) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % n;
  };
}

/** Lets everything that waits for nothing but the event loop come to its end. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A clock that a test turns; what is due acts in its order. */
export class TestClock {
  constructor() {
    this.time = 0;
    /** @type {{ at: number, act: () => void }[]} */
    this.due = [];
    this.now = () => this.time;
  }

  /** @type {import('../clock.js').Clock['after']} */
  after = (delay, act) => {
    const entry = { at: this.time + delay, act };
    this.due.push(entry);
    return () => { this.due = this.due.filter((other) => other !== entry); };
  };

  /** @param {number} ms */
  turn(ms) {
    const end = this.time + ms;
    for (let next = this.next(end); next; next = this.next(end)) {
      this.due = this.due.filter((other) => other !== next);
      this.time = next.at;
      next.act();
    }
    this.time = end;
  }

  /** @param {number} end */
  next(end) {
    return this.due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Takes what the console sends, after it has been written and read as on the wire. */
export class Wire {
  constructor() {
    /** @type {any[]} */
    this.sent = [];
    this.number = 0;
    this.aim = 5;
  }

  /** @type {import('../input/held.js').Send} */
  input = (channel, kind, event) => {
    this.number++;
    this.read(channel, kind, { number: this.number, generation: this.aim, ...event });
  };

  /** @type {import('../ink/pen.js').Wire['ink']} */
  ink = (kind, event) => this.read('ink', kind, event);

  /**
   * @param {string} channel
   * @param {string} kind
   * @param {{ [field: string]: import('../protocol/cbor.js').Value }} event
   */
  read(channel, kind, event) {
    const { message } = decode(encode(kind, event), { direction: 'c>d', channel, state: 'live' });
    const { number, generation, ...rest } = /** @type {any} */ (message);
    this.sent.push({ channel, ...rest, ...(kind === 'stroke-begin' && { generation }) });
  }

  /** What was sent since the last time. */
  took() {
    return this.sent.splice(0);
  }
}
