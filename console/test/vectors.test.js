// Reads the shared vectors of protocol/testdata: the same verdict as in Go.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { Refusal } from '../protocol/codes.js';
import { kinds } from '../protocol/kinds.js';
import { decode, encode } from '../protocol/messages.js';
import { bytesOf, hexOf } from './helpers.js';

const folder = new URL('../../protocol/testdata/vectors/', import.meta.url);
const files = readdirSync(folder).filter((/** @type {string} */ name) => name.endsWith('.json'));

/** @param {{ hex: string, direction: import('../protocol/kinds.js').Direction, channel: string, state: import('../protocol/states.js').State }} vector */
function verdict({ hex, ...way }) {
  try {
    const { message, drop } = decode(bytesOf(hex), way);
    return { expect: drop ? 'drop' : 'ok', message };
  } catch (error) {
    if (error instanceof Refusal) return { expect: 'refused', code: error.code };
    throw error;
  }
}

for (const file of files) {
  test(`vectors: ${file}`, () => {
    for (const vector of JSON.parse(readFileSync(new URL(file, folder), 'utf8'))) {
      const got = verdict(vector);
      assert.equal(`${got.expect} ${got.code ?? 0}`, `${vector.expect} ${vector.code ?? 0}`, vector.name);
      if (!got.message) continue;
      // Writing what was read gives the same bytes.
      const { kind, ...fields } = got.message;
      assert.equal(hexOf(encode(kind, /** @type {any} */ (fields))), vector.hex, vector.name);
    }
  });
}

test('vectors: every kind has a file', () => {
  for (const { name } of kinds.values()) assert.ok(files.includes(`${name}.json`), name);
});
