import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Cursor } from '../cursor.js';
import { DECODE, Refusal } from '../protocol/codes.js';
import { settled } from '../testing/helpers.js';

/** @returns {import('../protocol/messages.js').Cursor} */
const message = (/** @type {number} */ number, /** @type {number[]} */ ...pixels) => ({
  kind: 'cursor', number, x: number, y: 0, width: 1, height: 1, hotX: 0, hotY: 0, pixels: Uint8Array.from(pixels),
});

function playing() {
  /** @type {{ shapes: import('../cursor.js').Shape[], inflated: number[], failures: number[] }} */
  const out = { shapes: [], inflated: [], failures: [] };
  const cursor = new Cursor(async (data, size) => {
    out.inflated.push(data[0]);
    if (data[0] === 13) throw new Refusal(DECODE, 'broken');
    await settled();
    return new Uint8Array(size).fill(data[0]);
  }, (shape) => out.shapes.push(shape), (code) => out.failures.push(code));
  return { cursor, ...out };
}

test('cursor: the same shape is inflated once', async () => {
  const { cursor, shapes, inflated } = playing();
  for (const number of [1, 2]) {
    cursor.take(message(number, 9));
    await settled();
    await settled();
  }
  assert.deepEqual(shapes.map(({ x }) => x), [1, 2]);
  assert.equal(shapes[0].pixels, shapes[1].pixels);
  assert.deepEqual(inflated, [9]);
});

test('cursor: of those that come meanwhile the newest is shown', async () => {
  const { cursor, shapes, inflated } = playing();
  for (const number of [1, 2, 3, 4]) cursor.take(message(number, number));
  for (let i = 0; i < 5; i++) await settled();
  assert.deepEqual(shapes.map(({ x }) => x), [1, 4]);
  assert.deepEqual(inflated, [1, 4]);
});

test('cursor: without pixels it is a plain arrow', async () => {
  const { cursor, shapes } = playing();
  cursor.take(message(1));
  await settled();
  assert.equal(shapes[0].pixels, null);
});

test('cursor: one that cannot be inflated ends the session', async () => {
  const { cursor, failures } = playing();
  cursor.take(message(1, 13));
  await settled();
  assert.deepEqual(failures, [DECODE]);
});
