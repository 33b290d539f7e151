/**
 * The card with what helpers see: the picture itself, when the user wants it.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Session} Session
 * @typedef {import('./types.js').Card} Card
 * @typedef {import('./base.js').Moment} Moment
 */
import { blank, button, nameOf } from './base.js';
import { fill, words } from './words.js';

/**
 * @param {State} state
 * @param {Session[]} sessions that see the screen
 * @param {Moment} moment
 * @returns {Card}
 */
export function sight(state, sessions, moment) {
  const { heading, headings, closed } = words.sight;
  const name = nameOf(sessions[0]);
  const card = {
    ...blank, kind: /** @type {const} */ ('sight'), heading: sessions.length > 1 ? headings : fill(heading, { name }),
    buttons: [button('look', 'plain', true, words.buttons[moment.looking ? 'close' : 'look'])],
  };
  if (!moment.looking) {
    return { ...card, lead: [closed] };
  }
  return { ...card, sight: { label: label(moment), band: band(state, sessions) }, clock: note(state, sessions, moment) };
}

/** @param {Moment} moment */
function label({ hidden }) {
  const { picture, one, many } = words.sight;
  return [picture, hidden === 1 ? one : hidden ? fill(many, { count: hidden }) : ''].join(' ').trim();
}

/**
 * The word over a picture that stands still.
 * @param {State} state
 * @param {Session[]} sessions
 */
function band(state, sessions) {
  if (state.screen === 'gone') {
    return words.sight.gone;
  }
  return sessions.every((s) => s.state === 'paused') || state.state === 'paused' ? words.sight.paused : '';
}

/**
 * @param {State} state
 * @param {Session[]} sessions
 * @param {Moment} moment
 */
function note(state, sessions, moment) {
  const { live, last, none, wait } = words.sight;
  if (!band(state, sessions)) {
    return moment.hidden === null ? wait : live;
  }
  return moment.hidden === null ? none : last;
}
