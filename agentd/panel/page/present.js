/**
 * What is being shown: the newest state, the open request, and what the user
 * has chosen of it so far.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Scope} Scope
 */
import { asking, requestKey } from './asked.js';
import { listKey } from './windows.js';
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
    /** What helpers see is open. */
    this.looking = false;
    /** Private areas in its picture, null before the first. @type {number|null} */
    this.hidden = null;
    /** Key of the list of windows, and when it became so. */
    this.list = '';
    this.listed = 0;
    /** Key of the hidden fields that are offered, and since when. */
    this.offers = '';
    this.offered = 0;
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
    this.settle(state, now);
    if (state.state !== this.state?.state) {
      this.failed = '';
    }
    this.state = state;
    this.arrived = now;
    return fresh && session !== null;
  }

  /**
   * Buttons that have just come, or moved, do nothing for a while; and nobody
   * looks at what nobody sees.
   * @param {State} state
   * @param {number} now
   */
  settle(state, now) {
    const list = listKey(state);
    const offers = state.sessions.map((s) => `${s.id} ${s.field}`).join();
    this.listed = list === this.list ? this.listed : now;
    this.offered = offers === this.offers ? this.offered : now;
    this.list = list;
    this.offers = offers;
    this.looking = this.looking && state.sessions.some((s) => s.granted.includes('view'));
  }

  /**
   * Delays count from when the user could read.
   * @param {number} now
   */
  seenAgain(now) {
    this.shown = now;
    this.listed = now;
    this.offered = now;
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
