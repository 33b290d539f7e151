/**
 * The card of those who hold a grant, live or paused: who, since when, what
 * they can do, what they did, and how to take it back.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Session} Session
 * @typedef {import('./types.js').Scope} Scope
 * @typedef {import('./types.js').Card} Card
 * @typedef {import('./types.js').Right} Right
 * @typedef {import('./base.js').Moment} Moment
 */
import { blank, button, nameOf, phrase, privacyWarnings } from './base.js';
import { isControl, scopes } from './choice.js';
import { clockTime, duration } from './time.js';
import { fill, words } from './words.js';

/**
 * @param {State} state
 * @param {Session[]} sessions that hold a grant
 * @param {Moment} moment
 * @returns {Card}
 */
export function connected(state, sessions, moment) {
  const paused = state.state === 'paused' || (state.screen === 'ok' && sessions.every((s) => s.state === 'paused'));
  const warnings = state.screen === 'gone' ? [words.notices.gone] : [];
  return {
    ...blank,
    kind: paused ? 'paused' : 'live',
    heading: paused ? words.paused.heading : seenBy(sessions),
    lead: [...(paused ? [words.paused.lead] : []), ...recorded(sessions)],
    people: sessions.map((s) => ({ name: nameOf(s), story: story(s, sessions.length > 1, moment) })),
    list: paused ? words.paused.list : words.live.list,
    rights: rights(sessions),
    warnings: [...warnings, ...privacyWarnings(state)],
    buttons: [paused ? button('resume', 'main') : button('pause', 'plain'), button('stop', 'end')],
    foot: foot(sessions, paused),
    offers: offers(state, sessions, moment),
  };
}

/**
 * The hidden fields that helpers were refused at. They come last on the card, so
 * that no button moves.
 * @param {State} state
 * @param {Session[]} sessions
 * @param {Moment} moment
 */
function offers(state, sessions, moment) {
  return sessions.filter((s) => s.field).map((s) => ({
    text: fill(words.live.tried, { name: nameOf(s) }),
    session: s.id, field: s.field, ready: moment.offered >= state.policy.consent_delay_seconds,
  }));
}

/**
 * What is recorded, or why it is not any more: a sentence for each way that there is.
 * @param {Session[]} sessions
 */
function recorded(sessions) {
  const ways = new Set(sessions.map((s) => s.recording));
  return (/** @type {const} */ (['on', 'full', 'failed'])).filter((way) => ways.has(way)).map((way) => words.recording[way]);
}

/** @param {Session[]} sessions */
function seenBy(sessions) {
  if (sessions.length > 1) {
    return fill(words.live.headings, { count: sessions.length });
  }
  const [{ granted }] = sessions;
  const acting = granted.filter(isControl);
  const name = nameOf(sessions[0]);
  return acting.length > 0
    ? fill(words.live.acting, { name, what: phrase(acting) })
    : fill(words.live.heading, { name });
}

/**
 * What can be done now, by anybody, and what cannot.
 * @param {Session[]} sessions
 * @returns {Right[]}
 */
function rights(sessions) {
  const held = new Set(sessions.flatMap((s) => s.granted));
  return scopes.map((scope) => ({
    scope, text: words.scopes[scope], held: held.has(scope), note: scope === 'view' && held.size > 1 ? words.live.all : '',
  }));
}

/**
 * One calm line: since when, what this one may do if there are others, and what
 * was done so far.
 * @param {Session} session
 * @param {boolean} several
 * @param {Moment} moment
 */
function story(session, several, moment) {
  const may = several ? fill(words.may, { list: session.granted.map((scope) => words.short[scope]).join(', ') }) : '';
  return [...sinceWhen(session, moment), may, ...deeds(session)].filter(Boolean).join(words.dot);
}

/**
 * @param {Session} session
 * @param {Moment} moment
 */
function sinceWhen(session, moment) {
  if (!session.since) {
    return [];
  }
  const since = Date.parse(session.since);
  return [fill(words.people.since, { clock: clockTime(since) }), duration((moment.now - since) / 1000)];
}

/** @param {Session} session */
function deeds({ strokes, injected, refused }) {
  return [
    count(words.deeds.strokes, strokes),
    injected.pointer > 0 ? words.deeds.pointer : '',
    count(words.deeds.button, injected.button),
    injected.wheel > 0 ? words.deeds.wheel : '',
    count(words.deeds.key, injected.key),
    count(words.deeds.text, injected.text),
    count(words.deeds.refused, refused),
  ];
}

/**
 * @param {{one: string, many: string}} forms
 * @param {number} n
 */
function count(forms, n) {
  return n === 0 ? '' : fill(n === 1 ? forms.one : forms.many, { count: n });
}

/**
 * Whose hand moves the mouse. The line is there as long as it could be
 * somebody else's, so that no button moves when it changes.
 * @param {Session[]} sessions
 * @param {boolean} paused
 */
function foot(sessions, paused) {
  if (paused || !sessions.some((s) => s.granted.some(isControl))) {
    return '';
  }
  return sessions.some((s) => s.hand) ? words.live.hand : words.live.yours;
}
