/**
 * Turns of the wheel as whole steps. Browsers count them in pixels, lines or
 * pages; a mouse turns a notch at a time, a touch pad a few pixels.
 */

import { MAX_WHEEL } from '../protocol/limits.js';

const NOTCH = 50; // px from which on it is a notch of a mouse, or several
const PIXELS = 120; // of a notch, at most
const GLIDE = 40; // px on a touch pad that are a step
const LINES = 3; // that are a step
const PAGE = 5; // steps

const BY_LINE = 1, BY_PAGE = 2; // deltaMode of a WheelEvent; 0 is by pixel

export class Wheel {
  constructor() {
    this.rest = { x: 0, y: 0 }; // parts of a step
  }

  reset() {
    this.rest = { x: 0, y: 0 };
  }

  /**
   * @param {{ deltaX: number, deltaY: number, deltaMode: number }} event
   * @returns {{ dx: number, dy: number } | null} whole steps, if there are any
   */
  turn({ deltaX, deltaY, deltaMode }) {
    const dx = this.along('x', stepsOf(deltaX, deltaMode)), dy = this.along('y', stepsOf(deltaY, deltaMode));
    return dx === 0 && dy === 0 ? null : { dx, dy };
  }

  /**
   * @param {'x' | 'y'} axis
   * @param {number} steps
   */
  along(axis, steps) {
    if (steps * this.rest[axis] < 0) this.rest[axis] = 0; // it turned round
    const sum = this.rest[axis] + steps, whole = Math.trunc(sum);
    this.rest[axis] = sum - whole;
    return Math.max(-MAX_WHEEL, Math.min(MAX_WHEEL, whole)) || 0; // never -0
  }
}

/**
 * @param {number} delta
 * @param {number} mode
 */
function stepsOf(delta, mode) {
  if (mode === BY_LINE) return delta / LINES;
  if (mode === BY_PAGE) return delta * PAGE;
  if (Math.abs(delta) < NOTCH) return delta / GLIDE;
  return Math.sign(delta) * Math.max(1, Math.round(Math.abs(delta) / PIXELS));
}
