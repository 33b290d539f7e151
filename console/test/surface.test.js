import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Dirty } from '../dirty.js';
import { Surface } from '../surface.js';
import { randomFrom } from '../testing/helpers.js';

test('dirty: what is taken covers what was marked, once, and lies inside', () => {
  const random = randomFrom(3);
  for (let round = 0; round < 200; round++) {
    const width = 1 + random(300), height = 1 + random(300);
    const dirty = new Dirty(width, height);
    const marked = Array.from({ length: random(6) }, () => {
      const x = random(width), y = random(height);
      return { x, y, width: 1 + random(width - x), height: 1 + random(height - y) };
    });
    for (const rect of marked) dirty.mark(rect.x, rect.y, rect.width, rect.height);
    const count = new Uint8Array(width * height);
    for (const rect of dirty.take()) {
      assert.ok(rect.width > 0 && rect.height > 0 && rect.x + rect.width <= width && rect.y + rect.height <= height);
      for (let y = rect.y; y < rect.y + rect.height; y++) for (let x = rect.x; x < rect.x + rect.width; x++) count[y * width + x]++;
    }
    assert.ok(count.every((n) => n <= 1));
    for (const rect of marked) {
      for (let y = rect.y; y < rect.y + rect.height; y++) for (let x = rect.x; x < rect.x + rect.width; x++) assert.equal(count[y * width + x], 1);
    }
    assert.deepEqual(dirty.take(), []);
  }
});

test('dirty: a changed picture is one rectangle', () => {
  const dirty = new Dirty(1920, 1080);
  dirty.mark(0, 0, 1920, 1080);
  assert.deepEqual(dirty.take(), [{ x: 0, y: 0, width: 1920, height: 1080 }]);
});

test('surface: a new picture is opaque black, and all of it is new', () => {
  const surface = new Surface(70, 3);
  assert.deepEqual([...new Uint8Array(surface.pixels.buffer, 0, 4)], [0, 0, 0, 255]);
  assert.deepEqual(surface.dirty.take(), [{ x: 0, y: 0, width: 70, height: 3 }]);
});

test('surface: what is read is RGBA without gaps', () => {
  const surface = new Surface(4, 2);
  surface.paint(1, 0, 2, 2, Int32Array.of(-0xfefdfd, -0xfbfafa, -0xf8f7f7, -0xf5f4f4));
  const target = new Int32Array(5);
  surface.read({ x: 1, y: 0, width: 2, height: 2 }, target, 1);
  assert.deepEqual([...new Uint8Array(target.buffer, 4)], [3, 2, 1, 255, 6, 5, 4, 255, 9, 8, 7, 255, 12, 11, 10, 255]);
});

test('surface: what a JPEG painted is lossy until a tile paints over it', () => {
  const surface = new Surface(4, 2);
  assert.equal(surface.lossy, null);
  surface.painted(0, 0, 3, 2, true);
  surface.paint(1, 1, 1, 1, Int32Array.of(5));
  assert.deepEqual([...surface.lossy ?? []], [1, 1, 1, 0, 1, 0, 1, 0]);
  surface.move({ sx: 0, sy: 0, x: 1, y: 0, width: 3, height: 2 }, surface);
  assert.deepEqual([...surface.lossy ?? []], [1, 1, 1, 1, 1, 1, 0, 1]);
});

test('surface: one without marks keeps none', () => {
  const surface = new Surface(4, 2, false);
  surface.painted(0, 0, 3, 2, true);
  surface.move({ sx: 0, sy: 0, x: 1, y: 0, width: 3, height: 2 }, surface);
  assert.equal(surface.lossy, null);
});
