import assert from 'node:assert/strict';
import { test } from 'node:test';

import { paintCopies } from '../decoders/copies.js';
import { DECODE } from '../protocol/codes.js';
import { MAX_COPIES } from '../protocol/limits.js';
import { Surface } from '../surface.js';
import { randomFrom, refused } from '../testing/helpers.js';

/** A picture in which no two pixels are alike, and some are lossy. */
function numbered() {
  const surface = new Surface(40, 30);
  surface.pixels.forEach((_, i) => { surface.pixels[i] = i; });
  surface.lossy = Uint8Array.from(surface.pixels, (i) => ((i * 7919) >> 5) & 1);
  surface.dirty.take();
  return surface;
}

test('copies: all of them read the picture before them', () => {
  const random = randomFrom(7);
  for (let round = 0; round < 500; round++) {
    const surface = numbered();
    const before = surface.pixels.slice(), after = surface.pixels.slice();
    const flat = [];
    for (let n = 1 + random(4); n > 0; n--) {
      const width = 1 + random(20), height = 1 + random(20);
      const copy = [random(41 - width), random(31 - height), random(41 - width), random(31 - height), width, height];
      flat.push(...copy);
      const [sx, sy, x, y] = copy;
      for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) after[(y + i) * 40 + x + j] = before[(sy + i) * 40 + sx + j];
    }
    paintCopies(surface, flat);
    assert.deepEqual(surface.pixels, after, flat.join());
    assert.deepEqual(surface.lossy, Uint8Array.from(after, (i) => ((i * 7919) >> 5) & 1), flat.join());
    assert.equal(surface.dirty.take().length, 1);
  }
});

/**
 * Paints copies, and says whether the whole picture had to be kept for it.
 * @param {number[]} flat
 */
function keeps(flat) {
  const surface = numbered();
  let kept = false;
  const before = surface.before.bind(surface);
  surface.before = () => {
    kept = true;
    return before();
  };
  paintCopies(surface, flat);
  return kept;
}

test('copies: what moves one way is moved in place, whatever the order and the way', () => {
  for (const [dx, dy] of [[0, 5], [0, -5], [5, 0], [-5, 0], [3, 4], [3, -4], [-3, 4], [-3, -4]]) {
    const parts = [[10, 10], [20, 10], [10, 15], [20, 15]].map(([x, y]) => [x, y, x + dx, y + dy, 10, 5]);
    assert.equal(keeps(parts.flat()), false, `${dx},${dy}`);
    assert.equal(keeps(parts.reverse().flat()), false, `${dx},${dy} backwards`);
  }
});

test('copies: two that change places', () => {
  const flat = [0, 0, 20, 10, 10, 10, 20, 10, 0, 0, 10, 10];
  assert.equal(keeps(flat), true);
  const surface = numbered(), before = surface.pixels.slice();
  paintCopies(surface, flat);
  assert.equal(surface.pixels[10 * 40 + 20], before[0]);
  assert.equal(surface.pixels[0], before[10 * 40 + 20]);
});

test('copies: as many as the limit says, in a circle at the end', () => {
  const surface = new Surface(2 * MAX_COPIES, 1);
  surface.pixels.forEach((_, i) => { surface.pixels[i] = i; });
  const flat = Array.from({ length: MAX_COPIES }, (_, i) => [i, 0, (i + 1) % MAX_COPIES, 0, 1, 1]).flat();
  paintCopies(surface, flat);
  assert.deepEqual([...surface.pixels.subarray(0, 3)], [MAX_COPIES - 1, 0, 1]);
});

test('copies: source and target lie inside the picture', () => {
  paintCopies(numbered(), [0, 0, 39, 29, 1, 1]);
  for (const bad of [[39, 0, 0, 0, 2, 1], [0, 29, 0, 0, 1, 2], [0, 0, 39, 0, 2, 1], [0, 0, 0, 29, 1, 2]]) {
    assert.throws(() => paintCopies(numbered(), bad), refused(DECODE));
  }
});
