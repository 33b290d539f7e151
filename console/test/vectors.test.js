// Reads the shared vectors of protocol/testdata: the same verdict as in Go.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { kinds } from '../protocol/kinds.js';
import { judge } from '../protocol/states.js';
import { verdictOf } from '../testing/decide.js';
import { bytesOf } from '../testing/helpers.js';

const folder = new URL('../../protocol/testdata/vectors/', import.meta.url);
const files = readdirSync(folder).filter((/** @type {string} */ name) => name.endsWith('.json'));

const seen = { accepted: 0, refused: 0 };

for (const file of files) {
  test(`vectors: ${file}`, () => {
    for (const { name, hex, expect, code = 0, ...way } of JSON.parse(readFileSync(new URL(file, folder), 'utf8'))) {
      assert.equal(verdictOf(bytesOf(hex), way, false), `${expect} ${code}`, name);
      seen[expect === 'refused' ? 'refused' : 'accepted']++;
    }
  });
}

test('vectors: every kind has a file', (/** @type {{ diagnostic: (text: string) => void }} */ t) => {
  for (const { name } of kinds.values()) assert.ok(files.includes(`${name}.json`), name);
  t.diagnostic(`vectors: accepted=${seen.accepted} refused=${seen.refused}`);
});

test('vectors: the table of states is that of states.json', () => {
  const table = JSON.parse(readFileSync(new URL('../../protocol/states.json', import.meta.url), 'utf8'));
  assert.equal(table.verdicts.length, 2 * kinds.size);
  for (const { kind, direction, verdict } of table.verdicts) {
    const ours = table.states.map((/** @type {import('../protocol/states.js').State} */ state) => judge(direction, state, kind));
    assert.deepEqual(ours, verdict, `${kind} ${direction}`);
  }
});
