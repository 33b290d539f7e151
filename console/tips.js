/**
 * What the agent is told beside the tools and over the picture: of each the one
 * thing that matters most now.
 *
 * @typedef {object} Situation
 * @property {import('./tools.js').Mode} mode
 * @property {number} hand why input rests, SPEC.md 6.4
 * @property {import('./input/typist.js').Note} note
 * @property {number} waiting bytes to be typed
 * @property {boolean} mouse the agent holds it
 * @property {boolean} keys the agent holds them
 * @property {boolean} away the agent's keyboard is not in the picture
 * @property {boolean} refused the browser's clipboard was asked in vain
 * @property {boolean} open a request is before the user
 * @property {boolean} denied the last one brought nothing
 * @property {string} remark of the device about that
 */

import { ASKED, HAND } from './consent.js';

/**
 * What stands beside the tools; in control always how to get out of it.
 * @param {import('./words.js').Words} words
 * @param {Situation} now
 * @returns {string} or nothing
 */
export function tip(words, now) {
  const { tips } = words;
  if (now.mode === 'control') return controlling(words, now);
  if (now.open) return tips.open;
  if (now.denied) return now.remark ? words.deviceSays(now.remark) : tips.denied;
  return now.mode === 'draw' ? tips.draw : '';
}

/**
 * @param {import('./words.js').Words} words
 * @param {Situation} now
 */
function controlling({ tips }, { mouse, keys, away }) {
  if (!keys) return tips.mouse;
  if (away) return tips.away;
  return mouse ? tips.both : tips.keys;
}

/**
 * What stands over the picture while the agent controls: why input rests, or
 * what became of a paste.
 * @param {import('./words.js').Words} words
 * @param {Situation} now
 * @returns {string} or nothing
 */
export function banner({ tips, typingLeft }, { mode, hand, note, waiting, refused }) {
  if (mode !== 'control') return '';
  if (hand === HAND) return tips.hand;
  if (hand === ASKED) return tips.asked;
  if (note === 'typing') return typingLeft(waiting);
  if (refused) return tips.clipboard;
  return note === 'cut' ? tips.cut : '';
}
