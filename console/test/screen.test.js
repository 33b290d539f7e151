import assert from 'node:assert/strict';
import { test } from 'node:test';

import { StreamInflater } from '../decoders/inflate.js';
import { DECODE, FLOOD, FORM, SEQUENCE, STATE } from '../protocol/codes.js';
import { encode } from '../protocol/messages.js';
import { MAX_WAITING, MAX_WAITING_BYTES, Screen } from '../screen.js';
import { Picture } from '../update.js';
import { plain, settled } from '../testing/helpers.js';

/** @typedef {import('../screen.js').Frame} Frame */

/** A screen, and what comes out of it. */
function playing() {
  /** @type {{ frames: Frame[], acks: Uint8Array[], failures: number[] }} */
  const out = { frames: [], acks: [], failures: [] };
  const jpeg = async (/** @type {Uint8Array} */ data, /** @type {number} */ width, /** @type {number} */ height) => plain(width, height, data[0]);
  const picture = new Picture({ inflater: () => new StreamInflater(), jpeg });
  const screen = new Screen(picture, {
    send: (message) => out.acks.push(message),
    show: (frame) => out.frames.push(frame),
    fail: (code) => out.failures.push(code),
    now: () => 0,
  });
  screen.begin();
  return { screen, picture, ...out };
}

/**
 * An update that paints one pixel a shade, by a JPEG.
 * @param {number} number
 * @param {{ [field: string]: import('../protocol/cbor.js').Value }} [more]
 */
function update(number, more = {}) {
  return encode('update', {
    number, moment: number, last: true, time: 0, reset: number === 1 ? [1, 128, 64, 7, 9, 256, 128, 0, 0, 300, 200] : [], copies: [],
    inflated: 0, tiles: new Uint8Array(0), jpegs: [[number, 0, 1, 1, Uint8Array.of(number)]], ...more,
  });
}

const buffer = (/** @type {Uint8Array} */ bytes) => bytes.slice().buffer;
const part = (/** @type {number} */ message, /** @type {number} */ index, /** @type {number} */ count, /** @type {Uint8Array} */ bytes) => (
  encode('part', { message, index, count, bytes }));

test('screen: an update becomes a frame, and the frame an ack', async () => {
  const { screen, frames, acks } = playing();
  screen.receive(buffer(update(1)));
  await settled();
  assert.equal(frames.length, 1);
  const { number, generation, width, height, part, monitors, rects } = frames[0];
  assert.deepEqual({ number, generation, width, height, part, monitors, rects }, {
    number: 1, generation: 1, width: 128, height: 64, part: { x: 7, y: 9, width: 256, height: 128 },
    monitors: [{ x: 0, y: 0, width: 300, height: 200 }], rects: [{ x: 0, y: 0, width: 128, height: 64 }],
  });
  assert.deepEqual([...new Uint8Array(frames[0].pixels, 0, 12)], [0, 0, 0, 255, 1, 0, 0, 255, 0, 0, 0, 255]);
  assert.equal(acks.length, 0);
  screen.painted(frames[0].pixels);
  assert.deepEqual(acks, [encode('ack', { number: 1, decode: 0 })]);
});

test('screen: a moment is shown as a whole', async () => {
  const { screen, frames } = playing();
  screen.receive(buffer(update(1, { last: false })));
  screen.receive(buffer(update(2, { moment: 1, last: false })));
  await settled();
  assert.equal(frames.length, 0);
  screen.receive(buffer(update(3, { moment: 1 })));
  await settled();
  assert.deepEqual(frames.map(({ number }) => number), [3]);
});

test('screen: while two frames are out, changes gather', async () => {
  const { screen, frames, acks } = playing();
  for (let number = 1; number <= 6; number++) {
    screen.receive(buffer(update(number)));
    await settled();
  }
  assert.deepEqual(frames.map(({ number }) => number), [1, 2]);
  screen.receive(buffer(update(7, { last: false })));
  await settled();
  screen.painted(frames[0].pixels); // in the middle of a moment: nothing is shown
  assert.equal(frames.length, 2);
  screen.receive(buffer(update(8, { moment: 7 })));
  await settled();
  assert.equal(frames[2].number, 8);
  const shades = new Int32Array(frames[2].pixels);
  assert.deepEqual([...shades.subarray(0, 9)].map((pixel) => pixel & 255), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  screen.painted(frames[1].pixels);
  screen.painted(frames[2].pixels);
  assert.deepEqual(acks, [1, 2, 8].map((number) => encode('ack', { number, decode: 0 })));
});

test('screen: parts make an update', async () => {
  const { screen, frames } = playing();
  const whole = update(1);
  screen.receive(buffer(part(1, 0, 2, whole.subarray(0, 20))));
  screen.receive(buffer(part(1, 1, 2, whole.subarray(20))));
  await settled();
  assert.equal(frames.length, 1);
});

/** @type {{ [name: string]: { code: number, messages: unknown[] } }} */
const refused = {
  'text': { code: FORM, messages: ['text'] },
  'the rest of a dropped message': { code: DECODE, messages: [buffer(part(1, 0, 2, update(1))), buffer(update(1)), buffer(part(1, 1, 2, update(1)))] },
  'a part inside parts': { code: DECODE, messages: [buffer(part(1, 0, 2, part(2, 0, 2, Uint8Array.of(1)).subarray(0, 4))), buffer(part(1, 1, 2, part(2, 0, 2, Uint8Array.of(1)).subarray(4)))] },
  'a number left out': { code: SEQUENCE, messages: [buffer(update(2))] },
  'no reset': { code: DECODE, messages: [buffer(update(1, { reset: [] }))] },
};
for (const [name, { code, messages }] of Object.entries(refused)) {
  test(`screen: ${name} ends it, once`, async () => {
    const { screen, frames, failures } = playing();
    for (const message of messages) screen.receive(message);
    await settled();
    screen.receive('more');
    assert.deepEqual(failures, [code]);
    assert.equal(frames.length, 0);
  });
}

test('screen: nothing may come before ready', () => {
  const { screen, failures } = playing();
  screen.state = 'greeted';
  screen.receive(buffer(update(1)));
  assert.deepEqual(failures, [STATE]);
});

test('screen: as many updates may wait as the limit says', async () => {
  const { screen, failures } = playing();
  for (let number = 1; number <= MAX_WAITING + 1; number++) screen.receive(buffer(update(number)));
  assert.deepEqual(failures, []); // one is being decoded, the others wait
  screen.receive(buffer(update(MAX_WAITING + 2)));
  assert.deepEqual(failures, [FLOOD]);
  assert.equal(screen.waiting.length, 0);
});

test('screen: as many bytes may wait as the limit says', () => {
  const { screen, failures } = playing();
  screen.receive(buffer(update(1))); // is being decoded
  screen.waitingBytes = MAX_WAITING_BYTES - update(2).length;
  screen.receive(buffer(update(2)));
  assert.deepEqual(failures, []);
  screen.receive(buffer(update(3)));
  assert.deepEqual(failures, [FLOOD]);
});

test('screen: bytes and updates are counted', async () => {
  const { screen, frames } = playing();
  screen.receive(buffer(update(1)));
  screen.receive(buffer(update(2)));
  await settled();
  assert.deepEqual(frames[1].counters, { bytes: update(1).length + update(2).length, updates: 2 });
});

test('screen: what waits is decoded while the update before it is painted', async () => {
  const { screen, picture, frames } = playing();
  /** @type {number[]} */
  const begun = [];
  /** @type {() => void} */
  let paint = () => {};
  const held = new Promise((resolve) => { paint = () => resolve(undefined); });
  picture.codecs.jpeg = async (data) => {
    begun.push(data[0]);
    return { paint: () => held };
  };
  for (let n = 1; n <= 3; n++) screen.receive(buffer(update(n)));
  await settled();
  assert.deepEqual(begun, [1, 2]);
  assert.equal(frames.length, 0);
  paint();
  await settled();
  assert.deepEqual(begun, [1, 2, 3]);
  assert.equal(screen.counters.updates, 3);
});
