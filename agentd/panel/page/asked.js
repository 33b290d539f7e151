/**
 * The card of a request: who asks for what, a switch for each, and an answer.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Session} Session
 * @typedef {import('./types.js').Scope} Scope
 * @typedef {import('./types.js').Card} Card
 * @typedef {import('./types.js').Group} Group
 * @typedef {import('./types.js').Choice} Choice
 * @typedef {import('./base.js').Moment} Moment
 */
import { blank, button, nameOf, phrase, privacyWarnings } from './base.js';
import { isControl, offered, seen } from './choice.js';
import { fill, words } from './words.js';

/**
 * The session whose request is to be answered; null without any.
 * @param {State} state
 */
export function asking(state) {
  return state.state === 'asked' ? state.session ?? state.sessions.find((s) => s.state === 'asked') ?? null : null;
}

/**
 * What tells a request from every other one, of the same helper too.
 * @param {Session|null} session
 */
export function requestKey(session) {
  return session ? `${session.id} ${session.asked_since ?? ''}` : '';
}

/**
 * @param {State} state
 * @param {Session} session that asks
 * @param {Moment} moment
 * @returns {Card}
 */
export function asked(state, session, moment) {
  const wait = waits(state, moment);
  const ready = wait.any <= 0 && (wait.control <= 0 || ![...moment.chosen].some(isControl));
  return {
    ...blank,
    kind: 'asked',
    heading: fill(words.asked.heading, { name: nameOf(session), what: wanted(session) }),
    lead: [words.asked.unchecked, session.granted.includes('view') ? words.asked.asBefore : words.asked.unseen,
      ...(session.recording === 'on' ? [words.asked.recorded] : [])],
    reason: session.reason && fill(words.asked.reason, { reason: session.reason }),
    groups: groups(session, moment, wait.control),
    warnings: privacyWarnings(state),
    clock: clock(state, session, moment, wait.any),
    buttons: [
      button('allow', 'main', ready && moment.chosen.size > 0, words.buttons[onlyView(session) ? 'allowView' : 'allow']),
      button('refuse', 'plain', wait.any <= 0),
    ],
    request: session.id,
    key: requestKey(session),
  };
}

/**
 * Seconds until the buttons work, and until control can be turned on.
 * @param {State} state
 * @param {Moment} moment
 */
function waits(state, moment) {
  const { consent_delay_seconds: any, control_delay_seconds: control } = state.policy;
  return { any: Math.ceil(any - moment.shown), control: Math.ceil(Math.max(any, control) - moment.shown) };
}

/**
 * Whether seeing is all that is asked for. The button's words hang on that and
 * not on the switches, so that it does not move when one is turned.
 * @param {Session} session
 */
const onlyView = (session) => offered(session).join() === 'view';

/**
 * What is asked for, in a few words: seeing says enough, the switches tell the rest.
 * @param {Session} session
 */
function wanted(session) {
  const open = offered(session);
  return open.length === 0 || open.includes('view') ? words.scopes.view : phrase(open);
}

/**
 * The switches, those for control apart.
 * @param {Session} session
 * @param {Moment} moment
 * @param {number} wait seconds until control can be turned on
 * @returns {Group[]}
 */
function groups(session, moment, wait) {
  const open = offered(session);
  const group = (/** @type {Scope[]} */ scopes, /** @type {string} */ title, /** @type {string} */ advice) => ({
    title, advice, choices: scopes.map((scope) => choice(session, scope, moment, wait)),
  });
  return [
    group(open.filter((scope) => !isControl(scope)), words.asked.list, ''),
    group(open.filter(isControl), words.asked.control, words.asked.advice),
  ].filter((g) => g.choices.length > 0);
}

/**
 * @param {Session} session
 * @param {Scope} scope
 * @param {Moment} moment
 * @param {number} wait seconds until control can be turned on
 * @returns {Choice}
 */
function choice(session, scope, moment, wait) {
  const on = moment.chosen.has(scope);
  const plain = { scope, text: words.scopes[scope], on, ready: true, note: '' };
  if (scope !== 'view' && !seen(session, moment.chosen)) {
    return { ...plain, ready: false, note: words.asked.needsView };
  }
  if (!isControl(scope)) {
    return plain;
  }
  if (wait > 0) {
    return { ...plain, ready: on, note: fill(words.asked.later, { time: fill(words.seconds, { count: wait }) }) };
  }
  return { ...plain, note: on ? words.asked.turnedOn : words.asked.staysOff };
}

/**
 * @param {State} state
 * @param {Session} session
 * @param {Moment} moment
 * @param {number} wait seconds until the buttons work
 */
function clock(state, session, moment, wait) {
  if (wait > 0) {
    return fill(words.asked.read, { time: fill(words.seconds, { count: wait }) });
  }
  const { consent_delay_seconds: delay, answer_seconds: within } = state.policy;
  const left = Math.max(0, Math.ceil(within - session.asked_seconds - moment.age));
  return [
    moment.chosen.size === 0 ? words.asked.nothing : '',
    delay === 0 ? words.asked.demo : '',
    within > 0 ? fill(words.asked.left, { time: fill(words.seconds, { count: left }) }) : '',
  ].join(' ').trim();
}
