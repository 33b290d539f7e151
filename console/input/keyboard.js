/**
 * The agent's keyboard as the device's: takes key events and what the text
 * field made of them, and puts them before the typist in their order.
 *
 * Some modifiers are shy: Meta, which alone opens a menu and often leads the
 * agent out of the page, and Option on a Mac, which makes characters. They are
 * pressed with the key that needs them, or when they were tapped alone.
 */

import { codeOf, differing, wayOf } from './keys.js';

export class Keyboard {
  /**
   * @param {import('./typist.js').Typist} typist
   * @param {import('./held.js').Held} held
   * @param {boolean} mac
   */
  constructor(typist, held, mac) {
    this.typist = typist;
    this.held = held;
    this.mac = mac;
    this.shy = mac ? /^(Meta|Alt)/ : /^Meta/; // codes
    this.alone = ''; // a shy key that is down, and nothing with it
  }

  /**
   * @param {import('./keys.js').Stroke} stroke
   * @returns {boolean} whether the text field must not see it
   */
  down(stroke) {
    const way = wayOf(stroke, this.mac);
    const shy = this.shy.test(stroke.code);
    this.match(stroke, way === 'key' && !shy);
    if (!stroke.repeat) this.alone = shy ? stroke.code : '';
    if (way === 'key' && !shy) this.press(stroke);
    return way === 'key' || way === 'none';
  }

  /** @param {import('./keys.js').Stroke} stroke */
  press(stroke) {
    const code = codeOf(stroke);
    if (code === 'Escape' && this.typist.waiting > 0) return this.typist.stop();
    this.typist.key(code, true);
    // While Cmd is held a Mac does not tell when other keys go up.
    if (this.mac && stroke.metaKey && !code.startsWith('Meta')) this.typist.key(code, false);
  }

  /** @param {import('./keys.js').Stroke} stroke */
  up(stroke) {
    this.match(stroke, false);
    if (this.alone && this.alone === stroke.code) this.typist.key(stroke.code, true);
    this.forget();
    for (const code of new Set([stroke.code, codeOf(stroke)])) this.typist.key(code, false);
  }

  /**
   * Brings the device's modifiers in line with the agent's, for a key or for
   * the mouse. On Windows AltGr begins with a Ctrl that nobody pressed.
   * @param {import('./keys.js').Modified} stroke
   * @param {boolean} press whether keys may be pressed for that
   */
  match(stroke, press) {
    for (const [code, down] of differing(stroke, this.held.keys, press)) this.typist.key(code, down);
    if (stroke.key === 'AltGraph') this.typist.key('ControlLeft', false);
  }

  /** What was pressed alone counts no more. */
  forget() {
    this.alone = '';
  }
}
