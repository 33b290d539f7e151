import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { paintTiles } from '../decoders/tiles.js';
import { DECODE, Refusal } from '../protocol/codes.js';
import { MAX_RECTS } from '../protocol/limits.js';
import { Surface } from '../surface.js';
import { bytesOf, randomFrom, refused } from '../testing/helpers.js';

/**
 * The picture as rows of RRGGBB.
 * @param {Surface} surface
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
function rows(surface, x, y, width, height) {
  const bytes = new Uint8Array(surface.pixels.buffer);
  return Array.from({ length: height }, (_, row) => Array.from({ length: width }, (_, column) => {
    const at = 4 * ((y + row) * surface.width + x + column);
    assert.equal(bytes[at + 3], 255);
    return [...bytes.slice(at, at + 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }).join(' '));
}

test('tiles: the example of SPEC.md 7.4', () => {
  const surface = new Surface(128, 64);
  paintTiles(surface, bytesOf('0040 0000 0004 0002 55 c1 feff0000 e3'));
  const row = 'ffffff ffffff ffffff ff0000';
  assert.deepEqual(rows(surface, 64, 0, 4, 2), [row, row]);
});

test('tiles: the example of encode/testdata/tile.txt', () => {
  const text = readFileSync(new URL('../../encode/testdata/tile.txt', import.meta.url), 'utf8');
  const lines = text.split('\n');
  const pixels = lines.filter((/** @type {string} */ line) => /^#\s+([0-9a-f]{6} ?)+$/.test(line)).map((/** @type {string} */ line) => line.slice(1).trim());
  const codes = bytesOf(lines.map((/** @type {string} */ line) => line.replace(/[|#].*/, '')).join(''));
  const surface = new Surface(128, 64);
  paintTiles(surface, codes);
  assert.deepEqual(rows(surface, 64, 0, 6, 4), pixels);
});

const bad = {
  'a header cut off': '0000 0000 0001 00',
  'no width': '0000 0000 0000 0001',
  'no height': '0000 0000 0001 0000',
  'outside to the right': '007f 0000 0002 0001 c1',
  'outside below': '0000 003f 0001 0002 c1',
  'over the grid to the right': '003f 0000 0002 0001 c1',
  'no codes': '0000 0000 0001 0001',
  'codes end early': '0000 0000 0003 0001 c1',
  'a run too long': '0000 0000 0003 0001 c3',
  'the row above in the first row': '0000 0000 0002 0002 c0 e1 c0',
  'the row above too long': '0000 0000 0002 0002 c1 e2',
  'no such code': '0000 0000 0001 0001 ff',
  'two bytes cut off': '0000 0000 0001 0001 80',
  'a literal cut off': '0000 0000 0001 0001 fe 01 02',
  'a byte too many': '0000 0000 0001 0001 c0 00',
};
for (const [name, hex] of Object.entries(bad)) {
  test(`tiles: ${name}`, () => assert.throws(() => paintTiles(new Surface(128, 64), bytesOf(hex)), refused(DECODE)));
}

test('tiles: as many rectangles as allowed, and one more', () => {
  const one = [...bytesOf('0000 0000 0001 0001 c0')];
  const many = (/** @type {number} */ n) => Uint8Array.from(new Array(n).fill(one).flat());
  paintTiles(new Surface(64, 64), many(MAX_RECTS));
  assert.throws(() => paintTiles(new Surface(64, 64), many(MAX_RECTS + 1)), refused(DECODE));
});

test('tiles: random codes paint nothing outside their rectangle, and are refused or accepted', () => {
  const random = randomFrom(1);
  for (let round = 0; round < 3000; round++) {
    const width = 1 + random(20), height = 1 + random(20), x = random(64 - width), y = random(64 - height);
    const codes = Uint8Array.from([0, x, 0, y, 0, width, 0, height, ...Array.from({ length: random(400) }, () => random(256))]);
    const surface = new Surface(64, 64);
    surface.pixels.fill(7);
    try {
      paintTiles(surface, codes);
    } catch (error) {
      assert.ok(error instanceof Refusal);
    }
    surface.pixels.forEach((pixel, i) => {
      const inside = i % 64 >= x && i % 64 < x + width && Math.floor(i / 64) >= y && Math.floor(i / 64) < y + height;
      if (!inside) assert.equal(pixel, 7);
    });
  }
});
