/**
 * From the daemon's state to what the page says: no page, no clock of its own.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Session} Session
 * @typedef {import('./types.js').Scope} Scope
 * @typedef {import('./types.js').Card} Card
 * @typedef {import('./types.js').View} View
 * @typedef {import('./types.js').Button} Button
 */
import { fill, words } from './words.js';
import { clockTime, duration, minutesAndSeconds } from './time.js';

/**
 * What the state does not know.
 * @typedef {object} Moment
 * @property {number} age    seconds since the state arrived
 * @property {number} shown  seconds that the open request has been on view
 * @property {number} now    milliseconds of the wall clock
 * @property {string} failed why the last act did not work, or empty
 */

/** @type {Scope[]} */
const scopes = ['view', 'ink', 'pointer', 'keyboard'];

/**
 * What this page can allow. The daemon may know more.
 * @type {Scope[]}
 */
export const grantable = ['view'];

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
  const [card] = cards;
  if (moment.failed) {
    card.warnings.unshift(moment.failed);
  }
  return {
    title: words[state.state].title,
    device: fill(words.device, { name: state.name }),
    say: [card.heading, ...card.warnings.slice(0, 1), answerable(card) ? words.asked.now : ''].join(' ').trim(),
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

/** @type {Card} */
const blank = {
  kind: 'idle', heading: '', lead: [], code: null, address: '', reason: '', people: [],
  list: '', rights: [], warnings: [], clock: '', buttons: [], request: '',
};

/** @param {Card} card */
function answerable(card) {
  return card.buttons.some((b) => b.act === 'allow' && b.ready);
}

/**
 * @param {Button['act']} act
 * @param {Button['tone']} tone
 * @returns {Button}
 */
const button = (act, tone, ready = true) => ({ act, tone, ready });

/**
 * @param {State} state
 * @param {Moment} moment
 * @returns {Card}
 */
function first(state, moment) {
  switch (state.state) {
    case 'waiting':
      return waiting(state, moment);
    case 'asked':
      return asked(state, moment);
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

/**
 * @param {State} state
 * @param {Moment} moment
 * @returns {Card}
 */
function asked(state, moment) {
  const session = state.session ?? state.sessions.find((s) => s.state === 'asked');
  if (!session) {
    return idle(state);
  }
  const wait = Math.ceil(state.policy.consent_delay_seconds - moment.shown);
  const possible = session.requested.includes('view');
  return {
    ...blank,
    kind: 'asked',
    heading: fill(words.asked.heading, { name: nameOf(session) }),
    lead: [words.asked.unchecked, words.asked.unseen],
    reason: session.reason && fill(words.asked.reason, { reason: session.reason }),
    list: words.asked.list,
    rights: session.requested.map((scope) => ({
      icon: scope, text: words.scopes[scope], note: grantable.includes(scope) ? '' : words.asked.never,
    })),
    warnings: privacyWarnings(state),
    clock: askedClock(state, session, moment, wait),
    buttons: [button('allow', 'main', wait <= 0 && possible), button('refuse', 'plain', wait <= 0)],
    request: session.id,
  };
}

/**
 * @param {State} state
 * @param {Session} session
 * @param {Moment} moment
 * @param {number} wait seconds until the buttons work
 */
function askedClock(state, session, moment, wait) {
  if (wait > 0) {
    return fill(words.asked.read, { time: fill(words.seconds, { count: wait }) });
  }
  const { consent_delay_seconds: delay, answer_seconds: within } = state.policy;
  const left = Math.max(0, Math.ceil(within - session.asked_seconds - moment.age));
  return [
    delay === 0 ? words.asked.demo : '',
    within > 0 ? fill(words.asked.left, { time: fill(words.seconds, { count: left }) }) : '',
  ].join(' ').trim();
}

/**
 * The card of those who hold a grant, live or paused.
 * @param {State} state
 * @param {Session[]} sessions
 * @param {Moment} moment
 * @returns {Card}
 */
function connected(state, sessions, moment) {
  const paused = state.state === 'paused' || (state.screen === 'ok' && sessions.every((s) => s.state === 'paused'));
  const held = new Set(sessions.flatMap((s) => s.granted));
  const warnings = state.screen === 'gone' ? [words.notices.gone] : [];
  return {
    ...blank,
    kind: paused ? 'paused' : 'live',
    heading: paused ? words.paused.heading : seenBy(sessions),
    lead: paused ? [words.paused.lead] : [],
    people: sessions.map((s) => ({ name: nameOf(s), since: sinceWhen(s, moment) })),
    list: paused ? '' : words.live.list,
    rights: paused ? [] : scopes.map((scope) => ({ icon: held.has(scope) ? 'yes' : 'no', text: words.scopes[scope], note: '' })),
    warnings: [...warnings, ...privacyWarnings(state)],
    buttons: [paused ? button('resume', 'main') : button('pause', 'plain'), button('stop', 'end')],
  };
}

/** @param {Session[]} sessions */
function seenBy(sessions) {
  return sessions.length === 1
    ? fill(words.live.heading, { name: nameOf(sessions[0]) })
    : fill(words.live.headings, { count: sessions.length });
}

/** @param {Session} session */
function nameOf(session) {
  return session.name || words.somebody;
}

/**
 * @param {Session} session
 * @param {Moment} moment
 */
function sinceWhen(session, moment) {
  if (!session.since) {
    return '';
  }
  const since = Date.parse(session.since);
  return fill(words.people.since, { clock: clockTime(since), time: duration((moment.now - since) / 1000) });
}

/** @param {State} state */
function deskWarnings(state) {
  return state.desk.connected ? [] : [words.notices.desk];
}

/** @param {State} state */
function privacyWarnings(state) {
  if (state.privacy.protects) {
    return [];
  }
  const sentence = state.privacy.sentence || words.notices.privacy;
  return [state.privacy.unknown === 'allow' ? `${sentence} ${words.notices.privacyAdvice}` : sentence];
}
