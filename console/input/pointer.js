/**
 * The agent's mouse, pen or finger as the device's mouse: SPEC.md 8.1 to 8.3.
 * While it moves only the newest position counts, and soon after it stops the
 * position goes once more where nothing is lost.
 */

import { POINTER } from '../consent.js';
import { nearest } from './place.js';
import { Wheel } from './wheel.js';

export const PACE = 8; // ms between two positions, at least
export const SETTLED = 50; // ms after the last of them it goes again

// The bits of a browser's `buttons`, and the device's numbers for them.
const buttons = [[1, 0], [4, 1], [2, 2], [8, 3], [16, 4]];

export class Pointer {
  /**
   * @param {import('./held.js').Send} send
   * @param {import('./held.js').Held} held
   * @param {import('../clock.js').Clock} clock
   */
  constructor(send, held, clock) {
    this.send = send;
    this.held = held;
    this.clock = clock;
    this.wheel = new Wheel();
    this.at = { x: 0, y: 0 };
    this.known = false; // it has a position yet
    this.pressed = 0; // bits of what the agent's hand holds
    this.muted = 0; // those that count again only when they have been let go
    this.sent = -Infinity; // when the last position left
    this.cancel = () => {}; // the position that waits
    this.unsettle = () => {}; // the position that follows when it has stopped
  }

  /**
   * The pointer is here, with these buttons held.
   * @param {number} x device pixels, inside the picture
   * @param {number} y
   * @param {number} pressed a browser's bits
   */
  to(x, y, pressed) {
    const moved = x !== this.at.x || y !== this.at.y || !this.known;
    this.at = { x, y };
    this.known = true;
    this.pressed = pressed;
    this.muted &= pressed;
    if (this.press(pressed & ~this.muted)) this.still();
    else if (moved) this.move();
  }

  /**
   * Presses and releases what differs.
   * @param {number} wanted
   * @returns {boolean} whether the device was told of the position by that
   */
  press(wanted) {
    const { x, y } = this.at;
    let told = false;
    for (const [bit, button] of buttons) {
      const down = (wanted & bit) !== 0;
      told ||= down !== this.held.buttons.has(button);
      this.held.button(button, down, x, y);
    }
    return told;
  }

  move() {
    this.cancel();
    this.unsettle();
    const rest = this.sent + PACE - this.clock.now();
    if (rest <= 0) this.say('move');
    else this.cancel = this.clock.after(rest, () => this.say('move'));
    this.unsettle = this.clock.after(SETTLED, () => this.say('input'));
  }

  /** @param {'move' | 'input'} channel */
  say(channel) {
    this.sent = this.clock.now();
    this.send(channel, 'pointer', { ...this.at }, POINTER);
  }

  /** The device knows the newest position. */
  still() {
    this.cancel();
    this.unsettle();
  }

  /**
   * @param {number} x device pixels, inside the picture
   * @param {number} y
   * @param {{ deltaX: number, deltaY: number, deltaMode: number }} event
   */
  turn(x, y, event) {
    const steps = this.wheel.turn(event);
    if (!steps) return;
    this.at = { x, y };
    this.still();
    this.send('input', 'wheel', { x, y, ...steps }, POINTER);
  }

  /**
   * The pointer has no effect now, nor has what is pressed until it is let go.
   * @param {number} pressed a browser's bits
   */
  ignore(pressed) {
    this.pressed = this.muted = pressed;
  }

  /**
   * Another part of the screen is shown.
   * @param {import('./place.js').Part} part
   */
  within(part) {
    this.at = nearest(this.at, part);
  }

  /** Lets all buttons go; those that the hand still holds do nothing more. */
  release() {
    this.muted = this.pressed;
    this.wheel.reset();
    this.still();
  }
}
