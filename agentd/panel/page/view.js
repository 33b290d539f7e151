/**
 * From the daemon's state to what the page says: no page, no clock of its own.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Card} Card
 * @typedef {import('./types.js').View} View
 * @typedef {import('./base.js').Moment} Moment
 */
import { asked, asking } from './asked.js';
import { blank, button, privacyWarnings } from './base.js';
import { connected } from './live.js';
import { sight } from './sight.js';
import { minutesAndSeconds } from './time.js';
import { windows } from './windows.js';
import { fill, words } from './words.js';

/**
 * @param {State} state
 * @param {Moment} moment
 * @returns {View}
 */
export function view(state, moment) {
  const cards = [first(state, moment)];
  const seeing = state.sessions.filter((s) => s.granted.length > 0);
  if (state.state === 'asked' && seeing.length > 0) {
    cards.push({ ...connected(state, seeing, moment), warnings: [] });
  }
  if (seeing.length > 0) {
    cards.push(sight(state, seeing, moment));
    if (state.privacy.windows.length > 0) {
      cards.push(windows(state, moment));
    }
  }
  const [card] = cards;
  if (moment.failed) {
    card.warnings.unshift(moment.failed);
  }
  return {
    title: words[state.state].title,
    device: fill(words.device, { name: state.name }),
    say: [card.heading, ...card.warnings.slice(0, 1), ...card.offers.map((o) => o.text), answerable(card) ? words.asked.now : ''].join(' ').trim(),
    cards,
  };
}

/**
 * A view without a state: before the first, without an answer, without a token.
 * @param {'start'|'lost'|'locked'} kind
 * @returns {View}
 */
export function viewWithout(kind) {
  const { title, heading, lead } = words[kind];
  return { title, device: '', say: heading, cards: [{ ...blank, kind, heading, lead: [lead] }] };
}

/** @param {Card} card */
function answerable(card) {
  return card.buttons.some((b) => b.act === 'refuse' && b.ready);
}

/**
 * @param {State} state
 * @param {Moment} moment
 * @returns {Card}
 */
function first(state, moment) {
  const session = asking(state);
  switch (state.state) {
    case 'waiting':
      return waiting(state, moment);
    case 'asked':
      return session ? asked(state, session, moment) : idle(state);
    case 'live':
    case 'paused':
      return connected(state, state.sessions, moment);
    case 'over':
      return over(state);
    default:
      return idle(state);
  }
}

/** @param {State} state @returns {Card} */
function idle(state) {
  const { heading, lead } = words.idle;
  return { ...blank, heading, lead: [lead], warnings: deskWarnings(state), buttons: [button('ring', 'main')] };
}

/** @param {State} state @returns {Card} */
function over(state) {
  const { heading, lead, who } = words.over;
  const sentences = [lead];
  if (state.over?.reason) {
    sentences.push(state.over.reason);
  }
  if (state.over?.name) {
    sentences.push(fill(who, { name: state.over.name }));
  }
  return { ...blank, kind: 'over', heading, lead: sentences, warnings: deskWarnings(state), buttons: [button('ring', 'main')] };
}

/**
 * @param {State} state
 * @param {Moment} moment
 * @returns {Card}
 */
function waiting(state, moment) {
  const { heading, lead, asking, expired, left: sentence, unseen } = words.waiting;
  const card = { ...blank, kind: /** @type {const} */ ('waiting'), heading, warnings: [...deskWarnings(state), ...privacyWarnings(state)] };
  const left = Math.max(0, state.code_expires_in_seconds - moment.age);
  if (!state.code) {
    return { ...card, lead: [asking, unseen], buttons: [button('cancel', 'plain')] };
  }
  if (left === 0) {
    return { ...card, lead: [expired, unseen], buttons: [button('again', 'main'), button('cancel', 'plain')] };
  }
  const life = state.code_age_seconds + state.code_expires_in_seconds;
  return {
    ...card,
    lead: [lead],
    code: { text: state.code, left: fill(sentence, { time: minutesAndSeconds(left) }), share: left / life },
    address: state.console,
    clock: unseen,
    buttons: [button('cancel', 'plain'), button('again', 'plain')],
  };
}

/** @param {State} state */
function deskWarnings(state) {
  return state.desk.connected ? [] : [words.notices.desk];
}
