/**
 * Where a connection is, and what becomes of a message then. SPEC.md 4.1;
 * protocol/states.go is its twin.
 *
 *     opening → greeted → waiting → live ⇄ paused → over
 *
 * @typedef {'opening' | 'greeted' | 'waiting' | 'live' | 'paused' | 'over'} State
 * @typedef {'take' | 'drop' | 'end'} Verdict
 */

/** @type {State[]} the columns of the table */
const columns = ['opening', 'greeted', 'waiting', 'live', 'paused'];

/** @type {{ [row: string]: Verdict[] }} */
const rows = {
  always: ['take', 'take', 'take', 'take', 'take'],
  anyTime: ['drop', 'take', 'take', 'take', 'take'],
  first: ['take', 'end', 'end', 'end', 'end'],
  second: ['end', 'take', 'end', 'end', 'end'],
  whenReady: ['end', 'end', 'take', 'take', 'take'],
  whileLive: ['end', 'end', 'drop', 'take', 'drop'],
};

/** @type {{ [kind: string]: Verdict[] | undefined }} */
const toDevice = {
  hello: rows.first, ready: rows.second, request: rows.whenReady, refresh: rows.whileLive, look: rows.whileLive,
  bye: rows.always, ping: rows.anyTime, ack: rows.whenReady,
  pointer: rows.whileLive, button: rows.whileLive, wheel: rows.whileLive,
  key: rows.whileLive, held: rows.whileLive, text: rows.whileLive,
  'stroke-begin': rows.whileLive, 'stroke-points': rows.whileLive, 'stroke-end': rows.whileLive,
  undo: rows.whileLive, clear: rows.whileLive,
  rate: rows.whenReady,
};

/** @type {{ [kind: string]: Verdict[] | undefined }} */
const toConsole = {
  welcome: rows.first, grants: rows.whenReady, paused: rows.whenReady, hand: rows.whenReady,
  error: rows.whenReady, bye: rows.always, ping: rows.anyTime,
  part: rows.whenReady, update: rows.whenReady, cursor: rows.whenReady, masks: rows.whenReady,
  meter: rows.whenReady,
};

/**
 * @param {import('./kinds.js').Direction} direction
 * @param {State} state
 * @param {string} kind
 * @returns {Verdict}
 */
export function judge(direction, state, kind) {
  const row = (direction === 'c>d' ? toDevice : toConsole)[kind];
  return row?.[columns.indexOf(state)] ?? 'end';
}
