import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DECODE } from '../protocol/codes.js';
import { MAX_JOINED, MAX_PART } from '../protocol/limits.js';
import { Joiner } from '../protocol/parts.js';
import { refused } from '../testing/helpers.js';

/** @returns {import('../protocol/messages.js').Part} */
const part = (/** @type {number} */ message, /** @type {number} */ index, /** @type {number} */ count, /** @type {number[]} */ ...bytes) => (
  { kind: 'part', message, index, count, bytes: Uint8Array.from(bytes) });

test('parts: in order', () => {
  const joiner = new Joiner({ ordered: true });
  assert.equal(joiner.add(part(1, 0, 3, 1, 2)), null);
  assert.equal(joiner.add(part(1, 1, 3, 3)), null);
  assert.deepEqual(joiner.add(part(1, 2, 3, 4, 5)), Uint8Array.of(1, 2, 3, 4, 5));
  assert.equal(joiner.add(part(2, 0, 2, 6)), null);
  assert.deepEqual(joiner.add(part(2, 1, 2, 7)), Uint8Array.of(6, 7));
});

/** @type {{ [name: string]: import('../protocol/messages.js').Part[] }} the last of each is refused */
const disorder = {
  'begins with the second': [part(1, 1, 2, 1)],
  'a part twice': [part(1, 0, 3, 1), part(1, 0, 3, 1)],
  'a part left out': [part(1, 0, 3, 1), part(1, 2, 3, 1)],
  'another count': [part(1, 0, 3, 1), part(1, 1, 4, 1)],
  'the next message, without its first part': [part(1, 0, 2, 1), part(2, 1, 2, 1)],
  'the rest of a dropped message': [part(1, 0, 2, 1), part(2, 0, 2, 1), part(1, 1, 2, 1)],
  'a message again': [part(1, 0, 2, 1), part(1, 1, 2, 1), part(1, 0, 2, 1)],
};
for (const [name, parts] of Object.entries(disorder)) {
  test(`parts: in order, ${name}`, () => {
    const joiner = new Joiner({ ordered: true });
    for (const one of parts.slice(0, -1)) joiner.add(one);
    assert.throws(() => joiner.add(parts[parts.length - 1]), refused(DECODE));
  });
}

test('parts: in order, an abandoned message makes room for the next', () => {
  const joiner = new Joiner({ ordered: true });
  joiner.add(part(1, 0, 2, 1));
  joiner.add(part(3, 0, 2, 2));
  assert.deepEqual(joiner.add(part(3, 1, 2, 3)), Uint8Array.of(2, 3));
  joiner.add(part(4, 0, 2, 4));
  joiner.drop();
  assert.throws(() => joiner.add(part(4, 1, 2, 5)), refused(DECODE));
});

test('parts: unordered, in any order', () => {
  const joiner = new Joiner({ ordered: false });
  assert.equal(joiner.add(part(5, 2, 3, 3)), null);
  assert.equal(joiner.add(part(5, 0, 3, 1)), null);
  assert.deepEqual(joiner.add(part(5, 1, 3, 2)), Uint8Array.of(1, 2, 3));
});

test('parts: unordered, a newer message drops the open one, an older part is ignored', () => {
  const joiner = new Joiner({ ordered: false });
  joiner.add(part(1, 0, 2, 1));
  joiner.add(part(2, 1, 2, 4));
  assert.equal(joiner.add(part(1, 1, 2, 2)), null);
  assert.deepEqual(joiner.add(part(2, 0, 2, 3)), Uint8Array.of(3, 4));
  assert.equal(joiner.add(part(2, 0, 2, 9)), null);
});

test('parts: unordered, a part twice is refused', () => {
  const joiner = new Joiner({ ordered: false });
  joiner.add(part(1, 1, 2, 1));
  assert.throws(() => joiner.add(part(1, 1, 2, 1)), refused(DECODE));
});

for (const ordered of [true, false]) {
  test(`parts: the longest message, and a byte more, ${ordered ? 'in order' : 'unordered'}`, () => {
    for (const extra of [0, 1]) {
      const joiner = new Joiner({ ordered });
      /** @type {number[]} */
      const sizes = [];
      for (let left = MAX_JOINED + extra; left > 0; left -= MAX_PART) sizes.push(Math.min(left, MAX_PART));
      const last = sizes.length - 1;
      const one = (/** @type {number} */ i) => ({ ...part(1, i, sizes.length), bytes: new Uint8Array(sizes[i]) });
      for (let i = 0; i < last; i++) joiner.add(one(i));
      if (extra === 0) assert.equal(joiner.add(one(last))?.length, MAX_JOINED);
      else assert.throws(() => joiner.add(one(last)), refused(DECODE));
    }
  });
}
