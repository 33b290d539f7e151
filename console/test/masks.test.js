import assert from 'node:assert/strict';
import { test } from 'node:test';

import { groups, inside, Masks } from '../masks.js';
import { MAX_MASKS } from '../protocol/limits.js';
import { encode } from '../protocol/messages.js';

/** @returns {import('../masks.js').Area} */
const area = (/** @type {number} */ why, /** @type {number[]} */ ...[x, y, width, height]) => ({ why, x, y, width, height });

test('masks: the newest counts, and only over the picture it is of', () => {
  const masks = new Masks();
  assert.deepEqual(masks.over(2), []);
  masks.take({ kind: 'masks', number: 3, generation: 2, protection: 1, areas: [1, 10, 20, 30, 40, 3, 0, 0, 5, 6] });
  assert.deepEqual(masks.over(2), [area(1, 10, 20, 30, 40), area(3, 0, 0, 5, 6)]);
  assert.equal(masks.over(2), masks.over(2)); // nothing is drawn anew for it
  assert.deepEqual(masks.over(1), []);
  assert.deepEqual(masks.over(3), []);
  for (const number of [2, 3]) masks.take({ kind: 'masks', number, generation: 2, protection: 0, areas: [] });
  assert.equal(masks.over(2).length, 2);
  assert.equal(masks.protection, 1);
  masks.take({ kind: 'masks', number: 4, generation: 2, protection: 2, areas: [] });
  assert.deepEqual([masks.over(2), masks.protection], [[], 2]);
});

test('masks: as many areas as there may be, and not one more', () => {
  const areas = (/** @type {number} */ n) => Array.from({ length: n }, () => [1, 2, 3, 4, 5]).flat();
  const masks = (/** @type {number} */ n) => encode('masks', { number: 1, generation: 1, protection: 0, areas: areas(n) });
  assert.ok(masks(MAX_MASKS).length < 16384);
  assert.throws(() => masks(MAX_MASKS + 1));
});

test('masks: what is outside the picture is left out', () => {
  const size = { x: 0, y: 0, width: 100, height: 50 };
  assert.deepEqual(inside([area(1, 90, 40, 20, 20), area(2, 100, 0, 5, 5), area(2, 0, 50, 5, 5), area(3, 0, 0, 100, 50)], size),
    [area(1, 90, 40, 10, 10), area(3, 0, 0, 100, 50)]);
  assert.deepEqual(inside([area(1, 0, 0, 1, 1)], { x: 0, y: 0, width: 0, height: 0 }), []);
  const right = { x: 100, y: 20, width: 100, height: 50 };
  assert.deepEqual(inside([area(1, 90, 10, 20, 20), area(2, 0, 0, 100, 90), area(2, 130, 60, 5, 50), area(3, 0, 0, 900, 900)], right),
    [area(1, 0, 0, 10, 10), area(2, 30, 40, 5, 10), area(3, 0, 0, 100, 50)]);
});

test('masks: what touches for one reason is one', () => {
  const left = area(2, 0, 0, 10, 10), right = area(2, 10, 5, 20, 10), below = area(2, 15, 15, 5, 5);
  assert.deepEqual(groups([left, below, right]), [[right, left, below]]);
  assert.deepEqual(groups([left, area(2, 10, 10, 5, 5)]).length, 2); // a corner only
  assert.deepEqual(groups([left, area(1, 10, 0, 5, 5)]).length, 2); // another reason
  assert.deepEqual(groups([left, area(2, 5, 5, 9, 9)]).length, 1); // a device may say so all the same
  assert.deepEqual(groups([]), []);
});
