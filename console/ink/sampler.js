/**
 * Which positions of the pen become points. Fast movements bring more of them
 * than may be sent: the nearer the pen is to its limit, the further apart its
 * points. A stroke gets coarser then, never shorter.
 */

import { Rate } from '../rate.js';

export const POINTS = 480; // in a second: a little below the 500 of SPEC.md 11, because messages bunch on their way
const RESERVE = 30; // of them, for the ends of strokes
const COARSE = 16; // px between points at the limit; far below it, 1

export class Sampler {
  /** @param {import('../clock.js').Clock} clock */
  constructor(clock) {
    this.clock = clock;
    this.rate = new Rate(POINTS, 1000);
    this.last = { x: 0, y: 0 }; // the last point
    this.latest = { x: 0, y: 0 }; // the last position, a point or not
  }

  /**
   * Notes a position, and says whether it is to be a point.
   * @param {number} x device pixels
   * @param {number} y
   */
  passes(x, y) {
    this.latest = { x, y };
    const room = this.rate.room(this.clock.now()) - RESERVE;
    const spacing = Math.max(1, COARSE * (1 - room / (POINTS - RESERVE)));
    return room > 0 && Math.hypot(x - this.last.x, y - this.last.y) >= spacing;
  }

  /**
   * A point was made.
   * @param {number} x
   * @param {number} y
   */
  take(x, y) {
    this.last = { x, y };
    this.rate.take(1, this.clock.now());
  }

  /** Whether the pen has gone on since the last point. */
  get behind() {
    return this.last.x !== this.latest.x || this.last.y !== this.latest.y;
  }
}
