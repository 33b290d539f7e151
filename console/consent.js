/**
 * What the user has allowed, as the device tells it: snapshots that may
 * overtake each other, of which only the newest counts. SPEC.md 6.
 */

import { EXPIRED, REFUSED } from './protocol/codes.js';

export const VIEW = 1; // the scope, SPEC.md 1
const PAUSED = 1, GONE = 2; // why the picture stands still, SPEC.md 6.3

export class Consent {
  constructor() {
    this.grants = { number: 0, generation: 0, scopes: 0, asked: 0, answered: 0 };
    this.paused = { number: 0, why: 0 };
    this.error = { number: 0, code: 0, request: 0 }; // the last one, and the request it may answer
    this.request = 0; // number of our last request
    this.hadView = false; // since our last request
    this.coveredBelow = 0; // pictures of older generations belong to a grant that is over
    this.generation = 0; // of the picture that is shown
  }

  /** The number of the next request. */
  next() {
    this.hadView = false;
    return ++this.request;
  }

  /** @param {import('./protocol/messages.js').Grants} message */
  grant(message) {
    if (message.number <= this.grants.number) return;
    const held = this.holdsView;
    this.grants = message;
    if (this.holdsView) this.hadView = true;
    else if (held) this.coveredBelow = message.generation;
  }

  /** @param {import('./protocol/messages.js').Paused} message */
  pause(message) {
    if (message.number > this.paused.number) this.paused = message;
  }

  /** @param {import('./protocol/messages.js').ErrorMessage} message */
  refuse({ number, code }) {
    if (number > this.error.number) this.error = { number, code, request: this.request };
  }

  get holdsView() {
    return (this.grants.scopes & VIEW) !== 0;
  }

  /** Whether the picture that is shown is of a grant that is held now. */
  get seen() {
    return this.holdsView && this.generation > 0 && this.generation >= this.coveredBelow;
  }

  /**
   * Where the table of states stands.
   * @returns {import('./protocol/states.js').State}
   */
  get state() {
    if (!this.holdsView) return 'waiting';
    return this.paused.why === 0 ? 'live' : 'paused';
  }

  /** The code of the error that answered our last request, or 0. */
  get why() {
    return this.error.request === this.request ? this.error.code : 0;
  }

  /**
   * What the page shows of it.
   * @returns {import('./session.js').View}
   */
  get view() {
    if (!this.holdsView) return this.withoutView();
    if (this.paused.why === PAUSED) return 'paused';
    if (this.paused.why === GONE) return 'gone';
    return this.seen ? 'live' : 'opening';
  }

  /** @returns {import('./session.js').View} */
  withoutView() {
    if (this.grants.asked & VIEW) return 'asking';
    if (this.hadView) return 'taken';
    const declined = this.why === REFUSED || this.why === EXPIRED;
    return declined || this.grants.answered >= this.request ? 'refused' : 'asking';
  }
}
