/**
 * Reading and writing messages. SPEC.md 3 and 4.
 *
 *     size → form → canonical → kind → channel → state → keys → types → range
 *
 * The first failed check is thrown as a Refusal with its code, so that any two
 * readers give the same verdict. Byte strings in a message are views of the
 * data it was read from.
 *
 * @typedef {{ kind: 'welcome', version: number, capabilities: number[], session: string, device: string, limits: number[] }} Welcome
 * @typedef {{ kind: 'grants', number: number, generation: number, scopes: number, asked: number, answered: number }} Grants
 * @typedef {{ kind: 'paused', number: number, why: number }} Paused
 * @typedef {{ kind: 'hand', number: number, why: number }} Hand
 * @typedef {{ kind: 'error', number: number, code: number, text: string }} ErrorMessage
 * @typedef {{ kind: 'bye', code: number, text: string }} Bye
 * @typedef {{ kind: 'ping', number: number, reply: boolean, time: number }} Ping
 * @typedef {{ kind: 'meter', number: number, cap: number, bytes: number }} MeterMessage
 * @typedef {{ kind: 'part', message: number, index: number, count: number, bytes: Uint8Array }} Part
 * @typedef {[x: number, y: number, width: number, height: number, data: Uint8Array]} JPEGRect
 * @typedef {{
 *   kind: 'update', number: number, moment: number, last: boolean, time: number, reset: number[],
 *   copies: number[], inflated: number, tiles: Uint8Array, jpegs: JPEGRect[],
 * }} Update
 * @typedef {{
 *   kind: 'cursor', number: number, x: number, y: number, width: number, height: number,
 *   hotX: number, hotY: number, pixels: Uint8Array,
 * }} Cursor
 * @typedef {{ kind: 'masks', number: number, generation: number, protection: number, areas: number[] }} Masks
 * @typedef {Welcome | Grants | Paused | Hand | Masks | ErrorMessage | Bye | Ping | Part | Update | Cursor | MeterMessage} Message what a device sends
 *
 * @typedef {object} Way how a message came
 * @property {import('./kinds.js').Direction} direction
 * @property {string} channel
 * @property {import('./states.js').State} state of the connection when it came
 */

import * as cbor from './cbor.js';
import { CHANNEL, DECODE, FORM, KEYS, KIND, RANGE, Refusal, SIZE, STATE, TYPES } from './codes.js';
import { kinds, numbers } from './kinds.js';
import { MAX_JOINED, MAX_TO_CONSOLE, MAX_TO_DEVICE } from './limits.js';
import { judge } from './states.js';

/**
 * Reads one message as it came on a channel. One with drop set is well formed
 * and comes at a time when it has no effect.
 * @param {Uint8Array} data
 * @param {Way} way
 * @returns {{ message: Message, drop: boolean }}
 */
export function decode(data, way) {
  return decodeUpTo(way.direction === 'c>d' ? MAX_TO_DEVICE : MAX_TO_CONSOLE, data, way);
}

/**
 * Reads one message that was put together from parts.
 * @param {Uint8Array} data
 * @param {Way} way
 */
export function decodeJoined(data, way) {
  const result = decodeUpTo(MAX_JOINED, data, way);
  if (result.message.kind === 'part') throw new Refusal(DECODE, 'a part inside parts');
  return result;
}

/**
 * @param {number} size
 * @param {Uint8Array} data
 * @param {Way} way
 */
function decodeUpTo(size, data, way) {
  if (data.length > size) throw new Refusal(SIZE, `${data.length} bytes, at most ${size}`);
  const { number, map } = envelope(data);
  const { kind, drop } = admit(number, way);
  checkKeys(kind, map);
  checkTypes(kind, map);
  return { message: checkRanges(kind, map), drop };
}

/**
 * Checks 11 and 12.
 * @param {Uint8Array} data
 */
function envelope(data) {
  const { value, sloppy } = cbor.read(data);
  if (!Array.isArray(value) || value.length !== 2) throw new Refusal(FORM, 'not an array of two');
  const [number, map] = value;
  if (typeof number !== 'number' || number < 0 || !(map instanceof Map)) throw new Refusal(FORM, 'not a kind and a map');
  if (sloppy) throw sloppy;
  return { number, map };
}

/**
 * Checks 13 to 15.
 * @param {number} number
 * @param {Way} way
 */
function admit(number, way) {
  const kind = kinds.get(number);
  if (!kind) throw new Refusal(KIND, `kind ${number}`);
  /** @type {string[]} */
  const channels = way.direction === 'c>d' ? kind.toDevice : kind.toConsole;
  if (!channels.includes(way.channel)) throw new Refusal(CHANNEL, `${kind.name} does not go this way on ${way.channel}`);
  const verdict = judge(way.direction, way.state, kind.name);
  if (verdict === 'end') throw new Refusal(STATE, `${kind.name} while ${way.state}`);
  return { kind, drop: verdict === 'drop' };
}

/**
 * @param {import('./kinds.js').Kind} kind
 * @param {ValueMap} map
 */
function checkKeys(kind, map) {
  const complete = kind.fields.every((_, i) => map.has(i + 1));
  if (map.size !== kind.fields.length || !complete) throw new Refusal(KEYS, `${kind.name}: not its keys`);
}

/**
 * @param {import('./kinds.js').Kind} kind
 * @param {ValueMap} map
 */
function checkTypes(kind, map) {
  kind.fields.forEach(([name, type], i) => {
    if (!is[type](map.get(i + 1))) throw new Refusal(TYPES, `${kind.name}: ${name} is not of its type`);
  });
}

/**
 * Checks 18 and makes the message.
 * @param {import('./kinds.js').Kind} kind
 * @param {ValueMap} map
 * @returns {Message}
 */
function checkRanges(kind, map) {
  /** @type {{ [name: string]: unknown }} */
  const message = { kind: kind.name };
  kind.fields.forEach(([name, , fits], i) => {
    const value = map.get(i + 1);
    if (!fits(value)) throw new Refusal(RANGE, `${kind.name}: ${name} is out of its range`);
    message[name] = value;
  });
  if (kind.whole && !kind.whole(message)) throw new Refusal(RANGE, `${kind.name}: its fields do not fit each other`);
  return /** @type {Message} */ (message);
}

/** @param {unknown} value */
const isUnsigned = (value) => typeof value === 'number' && value >= 0;

/**
 * @param {(element: unknown) => boolean} element
 * @returns {(value: unknown) => boolean}
 */
const arrayOf = (element) => (value) => Array.isArray(value) && value.every(element);

/** @type {{ [type in import('./kinds.js').Type]: (value: unknown) => boolean }} */
const is = {
  u: isUnsigned,
  i: (value) => typeof value === 'number',
  b: (value) => typeof value === 'boolean',
  t: (value) => typeof value === 'string',
  y: (value) => value instanceof Uint8Array,
  U: arrayOf(isUnsigned),
  T: arrayOf((value) => typeof value === 'string'),
  J: arrayOf((value) => Array.isArray(value) && value.length === 5
    && value.slice(0, 4).every(isUnsigned) && value[4] instanceof Uint8Array),
};

/**
 * Writes a message. What a reader would refuse for its range is our own
 * mistake, and is thrown where it is made.
 * @param {string} name of its kind
 * @param {{ [field: string]: import('./cbor.js').Value }} message
 * @returns {Uint8Array}
 */
export function encode(name, message) {
  const number = numbers.get(name) ?? 0;
  const kind = kinds.get(number);
  if (!kind) throw new TypeError(`no kind ${name}`);
  /** @type {ValueMap} */
  const map = new Map(kind.fields.map(([field], i) => [i + 1, message[field]]));
  checkTypes(kind, map);
  checkRanges(kind, map);
  return cbor.encode([number, map]);
}
