import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

import { inflateWhole, StreamInflater } from '../decoders/inflate.js';
import { DECODE, Refusal } from '../protocol/codes.js';
import { bytesOf, randomFrom, refused } from '../testing/helpers.js';

const text = (/** @type {string} */ words) => new TextEncoder().encode(words);
const flushed = (/** @type {Uint8Array} */ data, options = {}) => new Uint8Array(deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH, ...options }));
const finished = (/** @type {Uint8Array} */ data, options = {}) => new Uint8Array(deflateRawSync(data, options));

/**
 * Whether bytes are the same; an assertion of them all takes longer.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/**
 * Bytes of many sorts: noise, few values, runs, repetitions near and far.
 * @param {ReturnType<typeof randomFrom>} random
 * @param {number} size
 */
function mixed(random, size) {
  const data = new Uint8Array(size);
  for (let at = 0; at < size;) {
    const end = Math.min(size, at + 1 + random(2000)), sort = random(4), values = 1 + random(255), back = 1 + random(Math.max(1, at));
    for (; at < end; at++) data[at] = sort === 0 ? random(256) : sort === 1 ? random(values) : sort === 2 ? values : data[at - back];
  }
  return data;
}

test('inflate: chunk after chunk', () => {
  const inflater = new StreamInflater();
  for (const words of ['a', 'some words', 'x'.repeat(300000), 'a']) {
    assert.deepEqual(inflater.take(flushed(text(words)), words.length), text(words));
  }
});

test('inflate: whatever zlib makes, at every level and by every strategy', () => {
  const random = randomFrom(11);
  const { Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED, Z_FILTERED } = constants;
  for (let round = 0; round < 300; round++) {
    const data = mixed(random, 1 + random(random(4) === 0 ? 200000 : 3000));
    const strategy = [Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED, Z_FILTERED][round % 5];
    const options = { level: round % 10, strategy, memLevel: 1 + round % 9 };
    assert.ok(same(inflateWhole(finished(data, options), data.length), data), JSON.stringify({ round, options }));
  }
});

test('inflate: a chunk looks back into the ones before, as far as 32 KiB', () => {
  const random = randomFrom(5);
  const inflater = new StreamInflater();
  let before = new Uint8Array(0);
  for (let round = 0; round < 200; round++) {
    const fresh = mixed(random, 1 + random(9000));
    const data = new Uint8Array([...fresh, ...before.subarray(0, random(20000)), ...before.subarray(random(before.length + 1))]);
    const dictionary = before.slice(-32768);
    const chunk = flushed(data, dictionary.length > 0 ? { dictionary } : {});
    assert.ok(same(inflater.take(chunk, data.length), data), `chunk ${round}`);
    before = new Uint8Array([...dictionary, ...data]).slice(-32768);
  }
});

test('inflate: codes of fifteen bits', () => {
  // How often a value occurs grows like Fibonacci's numbers: codes get as long as they may.
  const data = [];
  for (let value = 0, a = 1, b = 1; value < 22; value++, [a, b] = [b, a + b]) for (let i = 0; i < a; i++) data.push(value * 11);
  const bytes = Uint8Array.from(data);
  assert.deepEqual(inflateWhole(finished(bytes, { strategy: constants.Z_HUFFMAN_ONLY, memLevel: 9 }), bytes.length), bytes);
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
  'a stored block that contradicts itself': [Uint8Array.of(0, 5, 0, 0xfb, 0xff, 1, 2, 3, 4, 5, 0, 0, 0, 0xff, 0xff), 5],
  'a distance beyond the beginning': [bytesOf('4b 04 12 00 00 00 ff ff'), 4],
};
for (const [what, [chunk, size]] of Object.entries(bad)) {
  test(`inflate: ${what} is refused`, () => {
    assert.throws(() => new StreamInflater().take(chunk, size), refused(DECODE));
  });
}

test('inflate: what is broken is refused as zlib refuses it, and never grows past its size', () => {
  const random = randomFrom(21);
  let broken = 0, whole = 0;
  for (let round = 0; round < 3000; round++) {
    const data = mixed(random, 1 + random(600));
    const chunk = finished(data, { level: 1 + round % 9, strategy: round % 5 });
    for (let n = 1 + random(3); n > 0; n--) chunk[random(chunk.length)] ^= 1 << random(8);
    const zlib = byZlib(chunk);
    /** @type {Uint8Array | null} */
    let ours = null;
    try {
      ours = inflateWhole(chunk, zlib?.length ?? data.length);
    } catch (error) {
      assert.ok(error instanceof Refusal && error.code === DECODE, String(error));
    }
    if (zlib) {
      whole++;
      assert.ok(ours && same(ours, zlib), `round ${round}: zlib takes it`);
    } else {
      broken++;
      assert.equal(ours, null, `round ${round}: zlib refuses it`);
    }
  }
  assert.ok(broken > 300 && whole > 300, `${broken} broken, ${whole} whole`);
});

/**
 * @param {Uint8Array} chunk
 * @returns {Uint8Array | null} null: refused
 */
function byZlib(chunk) {
  try {
    const { buffer, engine } = inflateRawSync(chunk, { info: true });
    return engine.bytesWritten === chunk.length ? new Uint8Array(buffer) : null;
  } catch {
    return null;
  }
}

test('inflate whole: exactly the size, and neither more nor less', () => {
  const data = finished(text('words'));
  assert.deepEqual(inflateWhole(data, 5), text('words'));
  for (const [bytes, size] of /** @type {[Uint8Array, number][]} */ ([
    [data, 4], [data, 6], [data.subarray(0, -1), 5], [Uint8Array.from([...data, 0]), 5], [finished(new Uint8Array(10 << 20)), 1024],
  ])) {
    assert.throws(() => inflateWhole(bytes, size), refused(DECODE));
  }
});
