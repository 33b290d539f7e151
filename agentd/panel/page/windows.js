/**
 * The card of the windows on the screen: what a helper gets of each.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Window} Window
 * @typedef {import('./types.js').Line} Line
 * @typedef {import('./types.js').Card} Card
 * @typedef {import('./base.js').Moment} Moment
 */
import { blank } from './base.js';
import { fill, words } from './words.js';

/**
 * What tells a list of windows from one with its buttons elsewhere.
 * @param {State} state
 */
export const listKey = (state) => state.privacy.windows.map((w) => w.id).join();

/**
 * @param {State} state
 * @param {Moment} moment
 * @returns {Card}
 */
export function windows(state, moment) {
  const list = state.privacy.windows.map((w) => line(state, w, moment));
  const { heading, list: what } = words.windows;
  return {
    ...blank, kind: 'windows', heading, lead: state.privacy.protects && state.privacy.sentence ? [state.privacy.sentence] : [],
    list: what, windows: list, summary: summary(list),
    open: state.state === 'live' || state.state === 'paused',
  };
}

/**
 * @param {State} state
 * @param {Window} w
 * @param {Moment} moment
 * @returns {Line}
 */
function line(state, w, moment) {
  const { unknown } = state.privacy;
  const asks = w.state === 'unsure' && unknown === 'ask';
  const gets = what(w, unknown);
  return {
    id: w.id, title: w.title || words.windows.untitled, program: [short(w.program), w.toolkit].filter(Boolean).join(words.dot),
    gets, text: asks ? words.windows.asks : w.state === 'new' ? words.windows.fresh : words.windows[gets](w.secrets),
    why: w.why, asks, ready: moment.listed >= state.policy.consent_delay_seconds,
  };
}

/**
 * @param {Window} w
 * @param {string} unknown
 * @returns {Line['gets']}
 */
function what(w, unknown) {
  switch (w.state) {
    case 'vouched':
    case 'shown':
      return 'all';
    case 'guarded':
      return 'some';
    case 'unsure':
      return unknown === 'allow' ? 'all' : 'none';
    default:
      return 'none';
  }
}

/**
 * The name of a program's file.
 * @param {string} path
 */
const short = (path) => path.slice(path.lastIndexOf('/') + 1);

/** @param {Line[]} list */
function summary(list) {
  const { count, hidden, ask } = words.windows;
  const asking = list.filter((l) => l.asks).length;
  const gone = list.filter((l) => l.gets === 'none').length;
  return [
    list.length === 1 ? count.one : fill(count.many, { count: list.length }),
    gone === 0 ? '' : fill(hidden, { count: gone }),
    asking === 0 ? '' : asking === 1 ? ask.one : fill(ask.many, { count: asking }),
  ].filter(Boolean).join(words.dot);
}
