/**
 * What the agent does with the picture: look, draw or control, as far as the
 * user allows it. Whatever takes the permission away, or the attention, also
 * lets go of everything that was held.
 *
 *     look ⇄ draw       needs ink
 *     look ⇄ control    needs pointer or keyboard
 *
 * What may not be done any more ends in look, and is chosen anew by the agent:
 * control never comes back by itself.
 *
 * @typedef {'look' | 'draw' | 'control'} Mode
 * @typedef {import('./input/place.js').Part} Part
 */

import { Acts } from './acts.js';
import { GONE, INK, KEYBOARD, POINTER } from './consent.js';
import { Board } from './ink/board.js';
import { Pen } from './ink/pen.js';
import { Held } from './input/held.js';
import { Keyboard } from './input/keyboard.js';
import { Pointer } from './input/pointer.js';
import { Typist } from './input/typist.js';

export class Tools {
  /**
   * @param {import('./session.js').Session} session
   * @param {import('./clock.js').Clock} clock
   * @param {{ changed: () => void, drawn: () => void, mac: boolean }} page drawn: our ink has changed
   */
  constructor(session, clock, { changed, drawn, mac }) {
    this.session = session;
    this.changed = changed;
    this.drawn = drawn;
    /** @type {Mode} */
    this.mode = 'look';
    this.scopes = 0; // held when we looked last
    this.acts = new Acts(session);
    this.board = new Board();
    this.pen = new Pen(this.acts, this.board, clock);
    /** @type {import('./input/held.js').Send} */
    const send = (...act) => this.acts.input(...act);
    this.held = new Held(send, clock);
    this.pointer = new Pointer(send, this.held, clock);
    this.typist = new Typist(send, this.held, clock, changed);
    this.keyboard = new Keyboard(this.typist, this.held, mac);
  }

  /**
   * Whether the user allows a mode. The hand that rests input for a moment
   * does not count.
   * @param {Mode} mode
   */
  allows(mode) {
    const { consent, view } = this.session;
    return mode === 'look' || (view === 'live' && consent.holds(mode === 'draw' ? INK : POINTER | KEYBOARD));
  }

  /** @param {Mode} mode */
  choose(mode) {
    if (mode === this.mode || !this.allows(mode)) return;
    this.release();
    this.mode = mode;
    this.changed();
  }

  /** Whether keys go to the device now. */
  get types() {
    return this.mode === 'control' && this.session.may(KEYBOARD);
  }

  /** Whether clicks go to the device now. */
  get points() {
    return this.mode === 'control' && this.session.may(POINTER);
  }

  /**
   * The session has changed.
   * @param {Part} part of the screen that is shown
   */
  settle(part) {
    const { consent } = this.session;
    const lost = this.scopes & ~consent.grants.scopes;
    this.scopes = consent.grants.scopes;
    this.pointer.within(part);
    this.held.within(part);
    if (lost || consent.hand.why !== 0 || !this.allows(this.mode)) this.release();
    if (!this.allows(this.mode)) this.mode = 'look';
    this.settleInk();
  }

  /** Our ink goes when it goes on the device. SPEC.md 8.9. */
  settleInk() {
    const { consent, view } = this.session;
    if (!consent.holds(INK) || consent.paused.why === GONE || view === 'ended') this.pen.drop();
    else if (this.session.may(INK)) this.pen.resume();
    else this.pen.interrupt();
  }

  /** Lets go of keys and buttons, ends the stroke, and leaves out what waits to be typed. */
  release() {
    this.typist.stop();
    this.keyboard.forget();
    this.pointer.release();
    this.held.release();
    if (this.session.may(INK)) this.pen.up();
    else this.pen.interrupt();
  }

  /**
   * The agent's pointer over the picture, in control.
   * @param {number} x
   * @param {number} y
   * @param {number} pressed a browser's bits
   * @param {import('./input/keys.js').Modified} [modified] what the keyboard does to it
   */
  point(x, y, pressed, modified) {
    if (modified && this.types) this.keyboard.match(modified, pressed !== 0);
    if (this.points) this.pointer.to(x, y, pressed);
    else this.pointer.ignore(pressed);
  }
}
