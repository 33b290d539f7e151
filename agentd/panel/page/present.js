/**
 * What is being shown: the newest state, the open request, and what the user
 * has chosen of it so far.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Scope} Scope
 */
import { asking, requestKey } from './asked.js';
import { choose, possible, preset, scopes } from './choice.js';

/** All times are milliseconds since the page was opened. */
export class Present {
  constructor() {
    /** @type {State|null} */ this.state = null;
    /** When it arrived. */
    this.arrived = 0;
    /** Key of the open request, or empty. */
    this.request = '';
    /** When the user could read it first. */
    this.shown = 0;
    /** What the user wants to allow of it. @type {Set<Scope>} */
    this.chosen = new Set();
    /** Acts on their way. @type {Set<string>} */
    this.acts = new Set();
    /** Why the last act did not work, or empty. */
    this.failed = '';
  }

  /**
   * Takes a state, unless it was overtaken by a newer one.
   * @param {State} state
   * @param {number} now
   * @returns {boolean} whether a request came with it that was not there before
   */
  take(state, now) {
    if (this.state && state.number < this.state.number) {
      return false;
    }
    const session = asking(state);
    const fresh = requestKey(session) !== this.request;
    if (fresh) {
      this.request = requestKey(session);
      this.shown = now;
    }
    if (session) {
      this.chosen = fresh ? preset(session) : possible(session, this.chosen);
    }
    if (state.state !== this.state?.state) {
      this.failed = '';
    }
    this.state = state;
    this.arrived = now;
    return fresh && session !== null;
  }

  /**
   * Turns one switch of the open request.
   * @param {Scope} scope
   * @param {boolean} on
   */
  turn(scope, on) {
    const session = this.state && asking(this.state);
    if (session) {
      this.chosen = choose(session, this.chosen, scope, on);
    }
  }

  /** What Allow allows, in the order of the page. */
  allowed() {
    return scopes.filter((scope) => this.chosen.has(scope));
  }
}
