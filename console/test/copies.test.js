import assert from 'node:assert/strict';
import { test } from 'node:test';

import { paintCopies } from '../decoders/copies.js';
import { DECODE } from '../protocol/codes.js';
import { Surface } from '../surface.js';
import { randomFrom, refused } from './helpers.js';

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

test('copies: source and target lie inside the picture', () => {
  paintCopies(numbered(), [0, 0, 39, 29, 1, 1]);
  for (const bad of [[39, 0, 0, 0, 2, 1], [0, 29, 0, 0, 1, 2], [0, 0, 39, 0, 2, 1], [0, 0, 0, 29, 1, 2]]) {
    assert.throws(() => paintCopies(numbered(), bad), refused(DECODE));
  }
});
