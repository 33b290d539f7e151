/**
 * What acts on the device's screen, on its way out: only while the user lets it
 * have an effect, numbered in one sequence, and aimed at the newest generation
 * there is word of. SPEC.md 8.
 *
 * @typedef {{ [field: string]: import('./protocol/cbor.js').Value }} Event
 */

import { INK } from './consent.js';

export class Acts {
  /** @param {import('./session.js').Session} session */
  constructor(session) {
    this.session = session;
    this.number = 0; // of the last input
  }

  /** The newest generation there is word of. */
  get aim() {
    return this.session.consent.aim;
  }

  /**
   * Sends what mouse and keyboard do.
   * @param {'move' | 'input'} channel
   * @param {string} kind
   * @param {Event} event
   * @param {number} scope that it needs
   */
  input(channel, kind, event, scope) {
    if (!this.session.may(scope)) return;
    this.session.send(channel, kind, { number: ++this.number, generation: this.aim, ...event });
  }

  /**
   * Sends ink.
   * @param {string} kind
   * @param {Event} event
   */
  ink(kind, event) {
    if (this.session.may(INK)) this.session.send('ink', kind, event);
  }
}
