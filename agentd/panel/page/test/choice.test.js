import assert from 'node:assert/strict';
import test from 'node:test';

import { choose, offered, possible, preset } from '../choice.js';

const all = ['view', 'ink', 'pointer', 'keyboard'];

/** A session that asks for some scopes and holds others. */
const session = (requested, granted = []) => ({ requested, granted });

test('what is held is not offered again', () => {
  assert.deepEqual(offered(session(all)), all);
  assert.deepEqual(offered(session(['keyboard', 'view'])), ['view', 'keyboard'], 'in the order of the page');
  assert.deepEqual(offered(session(all, ['view', 'pointer'])), ['ink', 'keyboard']);
});

test('of no request control is on when it comes', () => {
  for (let bits = 0; bits < 256; bits++) {
    const some = (shift) => all.filter((_, i) => (bits >> shift) & (1 << i));
    const on = preset(session(some(0), some(4)));
    assert.ok(!on.has('pointer') && !on.has('keyboard'), `${some(0)} beside ${some(4)}`);
  }
  assert.deepEqual([...preset(session(all))], ['view', 'ink']);
  assert.deepEqual([...preset(session(['ink', 'pointer'], ['view']))], ['ink']);
  assert.deepEqual([...preset(session(['ink']))], [], 'nothing without view');
});

test('turning view off turns the others off, and turning it on no other on', () => {
  const off = choose(session(all), new Set(all), 'view', false);
  assert.deepEqual([...off], []);
  assert.deepEqual([...choose(session(all), off, 'view', true)], ['view']);
});

test('another scope needs view, asked for or held', () => {
  assert.deepEqual([...choose(session(all), new Set(), 'ink', true)], []);
  assert.deepEqual([...choose(session(['pointer'], ['view']), new Set(), 'pointer', true)], ['pointer']);
  assert.deepEqual([...choose(session(['pointer'], ['view']), new Set(['pointer']), 'pointer', false)], []);
});

test('only what was asked for can be turned on', () => {
  assert.deepEqual([...choose(session(['view']), new Set(['view']), 'keyboard', true)], ['view']);
  assert.deepEqual([...choose(session(all, ['view', 'keyboard']), new Set(), 'keyboard', true)], []);
});

test('a choice does not change the one before', () => {
  const before = new Set(['view']);
  choose(session(all), before, 'ink', true);
  assert.deepEqual([...before], ['view']);
});

test('a choice shrinks with what is possible', () => {
  assert.deepEqual([...possible(session(['pointer'], ['view']), ['pointer'])], ['pointer']);
  assert.deepEqual([...possible(session(['pointer']), ['pointer'])], [], 'view was taken back meanwhile');
  assert.deepEqual([...possible(session(all, ['view', 'ink']), ['ink', 'keyboard'])], ['keyboard'], 'ink is held meanwhile');
});
