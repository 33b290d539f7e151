import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateRawSync } from 'node:zlib';

import { inflateWhole } from '../decoders/inflate.js';
import { DECODE } from '../protocol/codes.js';
import { randomFrom, refused, zlibInflater, zlibStream } from './helpers.js';

const text = (/** @type {string} */ words) => new TextEncoder().encode(words);
const flushed = (/** @type {Uint8Array} */ data) => new Uint8Array(deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH }));
const finished = (/** @type {Uint8Array} */ data) => new Uint8Array(deflateRawSync(data));

test('inflate: chunk after chunk', async () => {
  const inflater = zlibInflater();
  for (const words of ['a', 'some words', 'x'.repeat(300000), 'a']) {
    assert.deepEqual(await inflater.take(flushed(text(words)), words.length), text(words));
  }
  inflater.close();
});

test('inflate: a chunk looks back into the ones before', async () => {
  const inflater = zlibInflater();
  const random = randomFrom(5);
  const first = Uint8Array.from({ length: 30000 }, () => random(256));
  const second = new Uint8Array(deflateRawSync(first, { dictionary: first, finishFlush: constants.Z_SYNC_FLUSH }));
  assert.ok(second.length < 1000);
  await inflater.take(flushed(first), first.length);
  assert.deepEqual(await inflater.take(second, first.length), first);
  inflater.close();
});

/** @type {{ [name: string]: [chunk: Uint8Array, size: number] }} */
const bad = {
  'a byte fewer': [flushed(text('words')), 6],
  'a byte more': [flushed(text('words')), 4],
  'a bomb': [flushed(new Uint8Array(100 << 20)), 1 << 20],
  'not flushed': [flushed(text('words')).subarray(0, -1), 5],
  'empty': [new Uint8Array(0), 1],
  'a final block': [finished(text('words')), 5],
  'a final block, and a flush': [Uint8Array.from([...finished(text('words')), 0, 0, 0, 0xff, 0xff]), 5],
  'a final stored block': [Uint8Array.of(0, 5, 0, 0xfa, 0xff, 1, 2, 3, 4, 5, 1, 0, 0, 0xff, 0xff), 5],
  'no deflate': [Uint8Array.of(7, 7, 7, 0, 0, 0xff, 0xff), 5],
  'the end inside a stored block': [Uint8Array.of(0, 9, 0, 0xf6, 0xff, 0, 0, 0xff, 0xff), 4],
};
for (const [what, [chunk, size]] of Object.entries(bad)) {
  test(`inflate: ${what} is refused`, async () => {
    const inflater = zlibInflater();
    await assert.rejects(inflater.take(chunk, size), refused(DECODE));
    inflater.close();
  });
}

test('inflate whole: exactly the size, and neither more nor less', async () => {
  const whole = (/** @type {Uint8Array} */ data, /** @type {number} */ size) => inflateWhole(data, size, zlibStream());
  const data = finished(text('words'));
  assert.deepEqual(await whole(data, 5), text('words'));
  await assert.rejects(whole(data, 4), refused(DECODE));
  await assert.rejects(whole(data, 6), refused(DECODE));
  await assert.rejects(whole(data.subarray(0, -1), 5), refused(DECODE));
  await assert.rejects(whole(Uint8Array.from([...data, 0]), 5), refused(DECODE));
  await assert.rejects(whole(finished(new Uint8Array(10 << 20)), 1024), refused(DECODE));
});
