import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { env } from 'node:process';

import { StreamInflater } from '../decoders/inflate.js';
import { checkHeader } from '../decoders/jpeg.js';
import { DECODE, SEQUENCE } from '../protocol/codes.js';
import { Picture } from '../update.js';
import { bytesOf, plain, refused } from '../testing/helpers.js';

/** @typedef {import('../update.js').Update} Update */

/**
 * @param {Partial<Update>} fields
 * @returns {Update}
 */
const update = (fields) => ({
  kind: 'update', number: 1, moment: 1, last: true, time: 0, reset: [], copies: [], inflated: 0, tiles: new Uint8Array(0), jpegs: [], ...fields,
});

/** A picture whose JPEGs are one colour, the first byte of their data. */
const picture = () => new Picture({
  inflater: () => new StreamInflater(),
  jpeg: async (data, width, height) => plain(width, height, data[0]),
});

/** The same, but the JPEGs are real ones as far as their header goes. */
const strict = () => new Picture({
  inflater: () => new StreamInflater(),
  jpeg: async (data, width, height) => {
    checkHeader(data, width, height);
    return plain(width, height, 0x123456);
  },
});

/** @param {Uint8Array} bytes */
const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * What is shown: the exact pixels, and which are lossy. Decoders differ in the others.
 * @param {Picture} shown
 */
function hash({ surface }) {
  if (!surface) throw new Error('no picture yet');
  const { width, height, pixels, lossy } = surface;
  const rgb = new Uint8Array(3 * pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    if (lossy?.[i]) continue;
    rgb[3 * i] = pixels[i];
    rgb[3 * i + 1] = pixels[i] >> 8;
    rgb[3 * i + 2] = pixels[i] >> 16;
  }
  return { width, height, sha256: sum(rgb), ...(lossy?.includes(1) ? { lossy: sum(lossy) } : {}) };
}

/**
 * @param {{ x: number, y: number, width: number, height: number, data: string }} jpeg
 * @returns {import('../update.js').JPEGRect}
 */
const rect = ({ x, y, width, height, data }) => [x, y, width, height, bytesOf(data)];

/** Random streams, when Go's tests hand some over; otherwise those that both always decode. */
const file = env.TELESTRATOR_STREAMS ?? new URL('../../encode/testdata/stream.json', import.meta.url);
const streams = JSON.parse(readFileSync(file, 'utf8'));
for (const { name, updates } of streams) {
  test(`update: stream ${name}`, async () => {
    const decoded = strict();
    for (const { error, shown, code, tiles, jpegs = [], ...fields } of updates) {
      const applied = decoded.apply(update({ ...fields, tiles: bytesOf(tiles), jpegs: jpegs.map(rect) }));
      if (error) {
        await assert.rejects(applied, refused(error));
        return;
      }
      await applied;
      if (fields.last) assert.deepEqual(hash(decoded), shown);
    }
  });
}

test('update: JPEGs are painted in their order, over the tiles', async () => {
  const decoded = picture();
  // The second is decoded first.
  decoded.codecs.jpeg = async (data, width, height) => {
    if (data[0] === 1) await new Promise((resolve) => setTimeout(resolve, 1));
    return plain(width, height, data[0]);
  };
  await decoded.apply(update({ reset: [1, 4, 1, 0, 0, 4, 1], jpegs: [[0, 0, 3, 1, Uint8Array.of(1)], [2, 0, 2, 1, Uint8Array.of(2)]] }));
  assert.deepEqual([...decoded.surface?.pixels ?? []].map((pixel) => pixel & 255), [1, 1, 2, 2]);
});

test('update: JPEGs of more pixels than the picture are not decoded all at once', async () => {
  const decoded = picture();
  let now = 0, most = 0;
  decoded.codecs.jpeg = async (data, width, height) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 1));
    now--;
    return plain(width, height, data[0]);
  };
  const jpegs = [1, 2, 3, 4, 5].map((n) => /** @type {import('../update.js').JPEGRect} */ ([n % 2, 0, 4, 4, Uint8Array.of(n)]));
  await decoded.apply(update({ reset: [1, 8, 4, 0, 0, 8, 4], jpegs }));
  assert.equal(most, 2);
  assert.deepEqual([...decoded.surface?.pixels ?? []].slice(0, 8).map((pixel) => pixel & 255), [4, 5, 5, 5, 5, 0, 0, 0]);
});

test('update: a JPEG outside the picture is refused', async () => {
  await assert.rejects(picture().apply(update({ reset: [1, 4, 1, 0, 0, 4, 1], jpegs: [[2, 0, 3, 1, Uint8Array.of(1)]] })), refused(DECODE));
});

test('update: a reset tells the part of the screen, and the monitors', async () => {
  const decoded = picture();
  await decoded.apply(update({ reset: [1, 4, 4, 100, 7, 8, 9, 0, 0, 4, 4, 4, 0, 90, 50] }));
  assert.deepEqual(decoded.part, { x: 100, y: 7, width: 8, height: 9 });
  assert.deepEqual(decoded.monitors, [{ x: 0, y: 0, width: 4, height: 4 }, { x: 4, y: 0, width: 90, height: 50 }]);
});

test('update: a picture larger than the part that it shows is refused', async () => {
  await assert.rejects(picture().apply(update({ reset: [1, 4, 4, 0, 0, 3, 4] })), refused(DECODE));
  await assert.rejects(picture().apply(update({ reset: [1, 4, 4, 0, 0, 4, 3] })), refused(DECODE));
});

test('update: copies inside a moment are refused', async () => {
  const decoded = picture();
  await decoded.apply(update({ reset: [1, 4, 1, 0, 0, 4, 1], last: false }));
  await assert.rejects(decoded.apply(update({ number: 2, copies: [0, 0, 1, 0, 1, 1] })), refused(DECODE));
});

test('update: another moment before the open one has ended is refused', async () => {
  const decoded = picture();
  await decoded.apply(update({ reset: [1, 4, 1, 0, 0, 4, 1], last: false }));
  await assert.rejects(decoded.apply(update({ number: 2, moment: 2 })), refused(SEQUENCE));
});

test('update: a reset ends the open moment, and may skip numbers', async () => {
  const decoded = picture();
  await decoded.apply(update({ reset: [1, 4, 1, 0, 0, 4, 1], last: false }));
  await decoded.apply(update({ number: 5, moment: 3, reset: [2, 2, 2, 0, 0, 2, 2] }));
  assert.equal(decoded.surface?.width, 2);
  await assert.rejects(decoded.apply(update({ number: 7, moment: 4 })), refused(SEQUENCE));
  await assert.rejects(decoded.apply(update({ number: 5, moment: 4, reset: [2, 2, 2, 0, 0, 2, 2] })), refused(SEQUENCE));
});

/** A picture, and what its decoder has been given so far. */
function watched() {
  const decoded = picture();
  /** @type {number[]} */
  const begun = [];
  decoded.codecs.jpeg = async (data, width, height) => {
    begun.push(data[0]);
    return plain(width, height, data[0]);
  };
  return { decoded, begun };
}

/** @param {number} n what its JPEG begins with, and its number */
const photo = (n) => update({ number: n, moment: n, jpegs: [[0, 0, 4, 1, Uint8Array.of(n)]] });

test('update: JPEGs of one update are decoded ahead of its turn, once', async () => {
  const { decoded, begun } = watched();
  await decoded.apply(update({ reset: [1, 4, 1, 0, 0, 4, 1] }));
  const [second, third, fourth] = [2, 3, 4].map(photo);
  const applied = decoded.apply(second);
  decoded.foresee(third);
  decoded.foresee(fourth); // one too many
  assert.deepEqual(begun, [2, 3]);
  await applied;
  assert.equal((decoded.surface?.pixels[0] ?? 0) & 255, 2);
  await decoded.apply(third);
  assert.deepEqual(begun, [2, 3]);
  assert.equal((decoded.surface?.pixels[0] ?? 0) & 255, 3);
  await decoded.apply(fourth);
  assert.deepEqual(begun, [2, 3, 4]);
});

test('update: nothing is decoded ahead for a picture that is not there yet', async () => {
  const { decoded, begun } = watched();
  decoded.foresee(photo(1));
  await decoded.apply(update({ reset: [1, 4, 1, 0, 0, 4, 1] }));
  decoded.foresee(update({ number: 2, moment: 2, reset: [2, 9, 9, 0, 0, 9, 9], jpegs: [[0, 0, 9, 9, Uint8Array.of(2)]] }));
  assert.deepEqual(begun, []);
});

test('update: what is wrong with an update that is decoded ahead is found in its turn', async () => {
  const { decoded, begun } = watched();
  await decoded.apply(update({ reset: [1, 4, 1, 0, 0, 4, 1] }));
  const outside = update({ number: 3, moment: 3, jpegs: [[2, 0, 3, 1, Uint8Array.of(3)]] });
  decoded.foresee(outside);
  await decoded.apply(photo(2));
  assert.deepEqual(begun, [2]);
  await assert.rejects(decoded.apply(outside), refused(DECODE));
});
