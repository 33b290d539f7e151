/**
 * The table of SPEC.md 4: each kind of message, where it may travel, and its
 * fields in the order of their keys. protocol/kinds.go is its twin.
 *
 * @typedef {'c>d' | 'd>c'} Direction console to device, device to console
 * @typedef {'ctl' | 'evt' | 'input' | 'move' | 'ink' | 'ping' | 'screen'} Channel
 * @typedef {'u' | 'i' | 'b' | 't' | 'y' | 'U' | 'T' | 'J'} Type a letter of the signatures in SPEC.md 4
 * @typedef {[name: string, type: Type, fits: (value: any) => boolean]} Field
 * @typedef {object} Kind
 * @property {string} name
 * @property {Channel[]} toDevice the channels it may take to the device
 * @property {Channel[]} toConsole the channels it may take to the console
 * @property {Field[]} fields
 * @property {(message: any) => boolean} [whole] whether the fields fit each other
 */

import * as limit from './limits.js';
import * as fit from './ranges.js';

/**
 * The channels in the order of their ids. SPEC.md 2.
 * @type {Channel[]}
 */
export const channels = ['ctl', 'evt', 'input', 'move', 'ink', 'ping', 'screen'];

const name = fit.text(0, limit.MAX_NAME);
const sentence = fit.text(0, limit.MAX_REASON);
const scopes = fit.between(0, 15);
const time = fit.between(0, limit.MAX_INTEGER);
const amount = fit.between(0, limit.MAX_INTEGER);
const keyCode = fit.text(1, limit.MAX_CODE);
const length = fit.between(0, limit.MAX_SIDE);
const steps = fit.between(-limit.MAX_WHEEL, limit.MAX_WHEEL);

/** @type {Field} */
const numbered = ['number', 'u', fit.number];
/** @type {Field[]} */
const aimed = [numbered, ['generation', 'u', fit.number]];
/** @type {Field[]} */
const placed = [...aimed, ['x', 'u', fit.uint16], ['y', 'u', fit.uint16]];
/** @type {Field} */
const stroke = ['stroke', 'u', fit.number];

/** @type {Map<number, Kind>} */
export const kinds = new Map([
  [1, { name: 'hello', toDevice: ['ctl'], toConsole: [], fields: [
    ['version', 'u', fit.between(1, 0xffff)], ['capabilities', 'U', fit.capabilities], ['name', 't', name]] }],
  [2, { name: 'welcome', toDevice: [], toConsole: ['evt'], fields: [
    ['version', 'u', fit.between(1, 0xffff)], ['capabilities', 'U', fit.capabilities], ['session', 't', fit.sessionName],
    ['device', 't', name], ['limits', 'U', fit.list(limit.WELCOME_RATES, limit.WELCOME_RATES, fit.uint32)]] }],
  [3, { name: 'ready', toDevice: ['ctl'], toConsole: [], fields: [] }],
  [4, { name: 'request', toDevice: ['ctl'], toConsole: [], fields: [
    numbered, ['scopes', 'u', fit.between(1, 15)], ['reason', 't', sentence]] }],
  [5, { name: 'grants', toDevice: [], toConsole: ['evt'], fields: [
    ...aimed, ['scopes', 'u', scopes], ['asked', 'u', scopes], ['answered', 'u', fit.between(0, limit.MAX_NUMBER)]] }],
  [6, { name: 'refresh', toDevice: ['ctl'], toConsole: [], fields: [numbered] }],
  [7, { name: 'paused', toDevice: [], toConsole: ['evt'], fields: [numbered, ['why', 'u', fit.between(0, 2)]] }],
  [8, { name: 'error', toDevice: [], toConsole: ['evt'], fields: [
    numbered, ['code', 'u', fit.code], ['text', 't', sentence]] }],
  [9, { name: 'bye', toDevice: ['ctl'], toConsole: ['evt'], fields: [['code', 'u', fit.code], ['text', 't', sentence]] }],
  [10, { name: 'ping', toDevice: ['ping'], toConsole: ['ping'], fields: [
    numbered, ['reply', 'b', fit.any], ['time', 'u', time]] }],
  [11, { name: 'hand', toDevice: [], toConsole: ['evt'], fields: [numbered, ['why', 'u', fit.between(0, 2)]] }],
  [12, { name: 'masks', toDevice: [], toConsole: ['evt'], fields: [
    ...aimed, ['protection', 'u', fit.between(0, 2)], ['areas', 'U', fit.areas]] }],
  [13, { name: 'look', toDevice: ['ctl'], toConsole: [], fields: [
    numbered, ['x', 'u', fit.uint16], ['y', 'u', fit.uint16], ['width', 'u', length], ['height', 'u', length],
    ['mostWidth', 'u', length], ['mostHeight', 'u', length]] }],
  [14, { name: 'rate', toDevice: ['ctl'], toConsole: [], fields: [numbered, ['most', 'u', amount]] }],
  [15, { name: 'meter', toDevice: [], toConsole: ['evt'], fields: [numbered, ['cap', 'u', amount], ['bytes', 'u', amount]] }],
  [16, { name: 'part', toDevice: [], toConsole: ['evt', 'screen'], whole: fit.partFits, fields: [
    ['message', 'u', fit.number], ['index', 'u', fit.between(0, limit.MAX_PARTS - 1)],
    ['count', 'u', fit.between(2, limit.MAX_PARTS)], ['bytes', 'y', fit.bytes(1, limit.MAX_PART)]] }],
  [17, { name: 'update', toDevice: [], toConsole: ['screen'], whole: fit.updateFits, fields: [
    numbered, ['moment', 'u', fit.number], ['last', 'b', fit.any], ['time', 'u', time],
    ['reset', 'U', fit.geometry], ['copies', 'U', fit.copies], ['inflated', 'u', fit.between(0, limit.MAX_INFLATED)],
    ['tiles', 'y', fit.bytes(0, limit.MAX_UPDATE)], ['jpegs', 'J', fit.jpegs]] }],
  [18, { name: 'ack', toDevice: ['screen'], toConsole: [], fields: [
    numbered, ['decode', 'u', fit.uint32]] }],
  [19, { name: 'cursor', toDevice: [], toConsole: ['evt'], whole: fit.cursorFits, fields: [
    numbered, ['x', 'u', fit.uint16], ['y', 'u', fit.uint16],
    ['width', 'u', fit.between(0, limit.MAX_CURSOR)], ['height', 'u', fit.between(0, limit.MAX_CURSOR)],
    ['hotX', 'u', fit.between(0, 255)], ['hotY', 'u', fit.between(0, 255)],
    ['pixels', 'y', fit.bytes(0, limit.MAX_UPDATE)]] }],
  [32, { name: 'pointer', toDevice: ['move', 'input'], toConsole: [], fields: placed }],
  [33, { name: 'button', toDevice: ['input'], toConsole: [], fields: [
    ...placed, ['button', 'u', fit.between(0, limit.MAX_BUTTON)], ['down', 'b', fit.any]] }],
  [34, { name: 'wheel', toDevice: ['input'], toConsole: [], fields: [...placed, ['dx', 'i', steps], ['dy', 'i', steps]] }],
  [35, { name: 'key', toDevice: ['input'], toConsole: [], fields: [...aimed, ['code', 't', keyCode], ['down', 'b', fit.any]] }],
  [36, { name: 'held', toDevice: ['input'], toConsole: [], fields: [
    ...aimed, ['codes', 'T', fit.list(0, limit.MAX_HELD, keyCode)]] }],
  [37, { name: 'text', toDevice: ['input'], toConsole: [], fields: [...aimed, ['text', 't', fit.text(1, limit.MAX_TYPED)]] }],
  [48, { name: 'stroke-begin', toDevice: ['ink'], toConsole: [], fields: [
    stroke, ['generation', 'u', fit.number], ['colour', 'u', fit.between(0, 0xffffff)],
    ['width', 'u', fit.between(1, limit.MAX_WIDTH)], ['fade', 'u', fit.between(0, limit.MAX_FADE)]] }],
  [49, { name: 'stroke-points', toDevice: ['ink'], toConsole: [], fields: [
    stroke, ['index', 'u', fit.between(0, limit.MAX_STROKE - 1)], ['points', 'U', fit.points]] }],
  [50, { name: 'stroke-end', toDevice: ['ink'], toConsole: [], fields: [
    stroke, ['points', 'u', fit.between(1, limit.MAX_STROKE)]] }],
  [51, { name: 'undo', toDevice: ['ink'], toConsole: [], fields: [stroke] }],
  [52, { name: 'clear', toDevice: ['ink'], toConsole: [], fields: [stroke] }],
]);

/** @type {Map<string, number>} */
export const numbers = new Map([...kinds].map(([number, kind]) => [kind.name, number]));
