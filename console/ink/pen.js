/**
 * The pen: turns positions into strokes, puts them on our own board at once,
 * and sends them in batches. SPEC.md 8.7.
 *
 * @typedef {object} Wire
 * @property {(kind: string, event: { [field: string]: import('../protocol/cbor.js').Value }) => void} ink
 * @property {number} aim the generation that a stroke is drawn on
 *
 * @typedef {{ colour: number, width: number, fade: number }} Style as in board.js
 */

import { MAX_POINTS, MAX_STROKE } from '../protocol/limits.js';
import { Sampler } from './sampler.js';

export const BATCH = 8; // ms between two messages of points, at least

export class Pen {
  /**
   * @param {Wire} wire
   * @param {import('./board.js').Board} board
   * @param {import('../clock.js').Clock} clock
   */
  constructor(wire, board, clock) {
    this.wire = wire;
    this.board = board;
    this.clock = clock;
    this.sampler = new Sampler(clock);
    /** @type {Style} of the next stroke */
    this.style = { colour: 0xe53935, width: 4, fade: 0 };
    this.number = 0; // of the last stroke
    this.drawing = false;
    this.cut = 0; // number of a stroke that the device has the beginning of
    this.count = 0; // points of the stroke
    this.sent = 0; // of them
    /** @type {number[]} x, y of those not sent yet */
    this.waiting = [];
    this.flushed = -Infinity; // when
    this.cancel = () => {}; // the next flush
  }

  /**
   * Begins a stroke.
   * @param {number} x device pixels, inside the picture
   * @param {number} y
   */
  down(x, y) {
    this.up();
    this.drawing = true;
    this.sampler.passes(x, y);
    this.begin(x, y);
  }

  /**
   * Draws on to these positions.
   * @param {[x: number, y: number][]} positions oldest first
   */
  move(positions) {
    if (!this.drawing) return;
    for (const [x, y] of positions) {
      if (this.sampler.passes(x, y)) this.add(x, y);
    }
    if (this.waiting.length > 0) this.flushSoon();
  }

  /** Ends the stroke, where the pen is. */
  up() {
    if (!this.drawing) return;
    const { behind, latest } = this.sampler;
    if (behind) this.add(latest.x, latest.y);
    this.finish();
    this.drawing = false;
  }

  /** Takes the last stroke away. */
  undo() {
    this.up();
    const stroke = this.board.seen(this.clock.now()).at(-1);
    if (!stroke) return;
    this.board.undo(stroke.number);
    this.wire.ink('undo', { stroke: stroke.number });
  }

  /** Takes every stroke away. */
  clear() {
    this.up();
    this.board.clear();
    if (this.number > 0) this.wire.ink('clear', { stroke: this.number });
  }

  /**
   * Nothing can be sent for now. A stroke in the middle goes: the device would
   * keep the beginning of it and wait for the rest.
   */
  interrupt() {
    if (!this.drawing) return;
    this.cancel();
    this.waiting = [];
    this.drawing = false;
    this.cut = this.number;
    this.board.undo(this.number);
  }

  /** It can be sent again: the device forgets the stroke that was cut, too. */
  resume() {
    if (this.cut > 0) this.wire.ink('undo', { stroke: this.cut });
    this.cut = 0;
  }

  /** All ink has gone on the device, and so it goes here. */
  drop() {
    this.interrupt();
    this.board.clear();
    this.cut = 0;
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  begin(x, y) {
    this.number++;
    this.count = this.sent = 0;
    this.wire.ink('stroke-begin', { stroke: this.number, generation: this.wire.aim, ...this.style });
    this.board.begin({ number: this.number, ...this.style });
    this.add(x, y);
    this.flush();
  }

  /**
   * Adds a point, in a new stroke if this one is full.
   * @param {number} x
   * @param {number} y
   */
  add(x, y) {
    if (this.count === MAX_STROKE) this.goOn();
    this.sampler.take(x, y);
    this.count++;
    this.waiting.push(x, y);
    this.board.extend(this.number, [x, y]);
    if (this.waiting.length === 2 * MAX_POINTS) this.flush();
  }

  /** Begins the next stroke where this one ends. */
  goOn() {
    const { x, y } = this.sampler.last;
    this.finish();
    this.begin(x, y);
  }

  /** Sends the rest of the stroke and its end. */
  finish() {
    this.flush();
    this.wire.ink('stroke-end', { stroke: this.number, points: this.count });
    this.board.end(this.number, this.clock.now());
  }

  flushSoon() {
    this.cancel();
    const rest = this.flushed + BATCH - this.clock.now();
    if (rest <= 0) this.flush();
    else this.cancel = this.clock.after(rest, () => this.flush());
  }

  flush() {
    this.cancel();
    this.flushed = this.clock.now();
    if (this.waiting.length === 0) return;
    this.wire.ink('stroke-points', { stroke: this.number, index: this.sent, points: this.waiting });
    this.sent = this.count;
    this.waiting = [];
  }
}
