/**
 * What the user wants to allow of a request: which switches there are, how
 * they stand when it comes, and what turning one does to the others. The
 * daemon checks it all again.
 *
 * @typedef {import('./types.js').Scope} Scope
 * @typedef {import('./types.js').Session} Session
 */

/**
 * All there are. Every other one needs view.
 * @type {Scope[]}
 */
export const scopes = ['view', 'ink', 'pointer', 'keyboard'];

/**
 * Those that let a helper act. No request turns them on: the user does, in an
 * act of its own.
 * @type {Scope[]}
 */
const control = ['pointer', 'keyboard'];

/** @param {Scope} scope */
export const isControl = (scope) => control.includes(scope);

/**
 * What a session asks for and does not hold.
 * @param {Session} session
 */
export function offered(session) {
  return scopes.filter((scope) => session.requested.includes(scope) && !session.granted.includes(scope));
}

/**
 * What of a wish is possible: what is asked for still, and nothing without view.
 * @param {Session} session
 * @param {Iterable<Scope>} wish
 * @returns {Set<Scope>}
 */
export function possible(session, wish) {
  const open = offered(session);
  const on = new Set([...wish].filter((scope) => open.includes(scope)));
  return seen(session, on) ? on : new Set();
}

/**
 * What is turned on when the request comes.
 * @param {Session} session
 */
export function preset(session) {
  return possible(session, scopes.filter((scope) => !isControl(scope)));
}

/**
 * What is turned on after the user has turned one.
 * @param {Session} session
 * @param {ReadonlySet<Scope>} before
 * @param {Scope} scope
 * @param {boolean} on
 */
export function choose(session, before, scope, on) {
  const others = [...before].filter((s) => s !== scope);
  return possible(session, on ? [...others, scope] : others);
}

/**
 * Whether the helper sees the screen, or would. Nothing else can be allowed
 * without.
 * @param {Session} session
 * @param {ReadonlySet<Scope>} chosen
 */
export function seen(session, chosen) {
  return session.granted.includes('view') || chosen.has('view');
}
