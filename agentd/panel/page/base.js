/**
 * What the cards have in common.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Session} Session
 * @typedef {import('./types.js').Scope} Scope
 * @typedef {import('./types.js').Card} Card
 * @typedef {import('./types.js').Button} Button
 */
import { fill, words } from './words.js';
import { isControl } from './choice.js';

/**
 * What the state does not know.
 * @typedef {object} Moment
 * @property {number} age    seconds since the state arrived
 * @property {number} shown  seconds that the open request has been on view
 * @property {number} now    milliseconds of the wall clock
 * @property {string} failed why the last act did not work, or empty
 * @property {ReadonlySet<Scope>} chosen what the user wants to allow of the open request
 * @property {boolean} looking what helpers see is open
 * @property {number|null} hidden private areas in its picture, null before the first
 * @property {number} listed  seconds that the windows have been listed as they are
 * @property {number} offered seconds that the hidden fields have been offered as they are
 */

/** @type {Card} */
export const blank = {
  kind: 'idle', heading: '', lead: [], code: null, address: '', reason: '', people: [],
  list: '', rights: [], groups: [], warnings: [], clock: '', buttons: [], foot: '', offers: [],
  sight: null, summary: '', open: false, windows: [], request: '', key: '',
};

/**
 * @param {Button['act']} act
 * @param {Button['tone']} tone
 * @returns {Button}
 */
export const button = (act, tone, ready = true, text = words.buttons[act]) => ({ act, tone, ready, text });

/** @param {Session} session */
export function nameOf(session) {
  return session.name || words.somebody;
}

/**
 * Scopes other than view as one phrase, such as "draw on your screen and use
 * your mouse and keyboard".
 * @param {Scope[]} scopes
 */
export function phrase(scopes) {
  const acting = scopes.filter(isControl);
  const rest = scopes.filter((scope) => !isControl(scope)).map((scope) => words.scopes[scope]);
  const hands = acting.length > 1 ? words.hands : acting.map((scope) => words.scopes[scope]).join('');
  return [...rest, hands].filter(Boolean).reduce((all, next) => fill(words.and, { all, next }));
}

/** @param {State} state */
export function privacyWarnings(state) {
  if (state.privacy.protects) {
    return [];
  }
  const sentence = state.privacy.sentence || words.notices.privacy;
  return [state.privacy.unknown === 'allow' ? `${sentence} ${words.notices.privacyAdvice}` : sentence];
}
