/**
 * What the user has allowed, as the device tells it: snapshots that may
 * overtake each other, of which only the newest counts. SPEC.md 6.
 */

import { EXPIRED, REFUSED } from './protocol/codes.js';

export const VIEW = 1, INK = 2, POINTER = 4, KEYBOARD = 8, ALL = 15; // scopes, SPEC.md 1
export const HAND = 1, ASKED = 2; // why input rests, SPEC.md 6.4
export const GONE = 2; // the screen is, SPEC.md 6.3
const PAUSED = 1; // by the user, SPEC.md 6.3

export class Consent {
  constructor() {
    this.grants = { number: 0, generation: 0, scopes: 0, asked: 0, answered: 0 };
    this.paused = { number: 0, why: 0 };
    this.error = { number: 0, code: 0, text: '', request: 0 }; // the last one, and the request it may answer
    this.hand = { number: 0, why: 0 };
    this.request = 0; // number of our last request
    this.requested = 0; // its scopes
    this.hadView = false; // since our last request
    this.coveredBelow = 0; // pictures of older generations belong to a grant that is over
    this.generation = 0; // of the picture that is shown
  }

  /**
   * The number of the next request.
   * @param {number} scopes
   */
  next(scopes) {
    if (scopes & VIEW) this.hadView = false;
    this.requested = scopes;
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
  refuse({ number, code, text }) {
    if (number > this.error.number) this.error = { number, code, text, request: this.request };
  }

  /** @param {import('./protocol/messages.js').Hand} message */
  rest(message) {
    if (message.number > this.hand.number) this.hand = message;
  }

  /** @param {number} scopes */
  holds(scopes) {
    return (this.grants.scopes & scopes) !== 0;
  }

  get holdsView() {
    return this.holds(VIEW);
  }

  /**
   * Whether something that needs one of these scopes has an effect now.
   * @param {number} scopes
   */
  may(scopes) {
    return this.view === 'live' && this.holds(scopes) && (scopes === INK || this.hand.why === 0);
  }

  /** The newest generation there is word of: what acts on the screen carries it. */
  get aim() {
    return Math.max(this.grants.generation, this.generation);
  }

  /** Whether our last request is still before the user. */
  get open() {
    return this.grants.asked !== 0 || (!this.declined && this.grants.answered < this.request);
  }

  get declined() {
    return this.why === REFUSED || this.why === EXPIRED;
  }

  /** What our last request for more did not bring. */
  get denied() {
    return this.open || this.requested & VIEW ? 0 : this.requested & ~this.grants.scopes;
  }

  /** What the device says about that, if it was not the user's own answer. */
  get remark() {
    return this.denied && this.declined ? this.error.text : '';
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
    return this.declined || this.grants.answered >= this.request ? 'refused' : 'asking';
  }
}
