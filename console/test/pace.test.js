import assert from 'node:assert/strict';
import { test } from 'node:test';

import { APART, paced } from '../pace.js';
import { TestClock } from '../testing/helpers.js';

/** What was shown, and something to show with. */
function stage() {
  const clock = new TestClock();
  /** @type {number[]} */
  const shown = [];
  return { clock, shown, show: paced((/** @type {number} */ value) => shown.push(value), clock) };
}

test('pace: the first is shown at once, and so is one that comes late enough', () => {
  const { clock, shown, show } = stage();
  show(1);
  clock.turn(APART);
  show(2);
  assert.deepEqual(shown, [1, 2]);
  clock.turn(10 * APART);
  assert.deepEqual(shown, [1, 2]);
});

test('pace: of 10,000 at once the first is shown, and later the last', () => {
  const { clock, shown, show } = stage();
  for (let i = 1; i <= 10_000; i++) show(i);
  assert.deepEqual(shown, [1]);
  clock.turn(APART - 1);
  assert.deepEqual(shown, [1]);
  clock.turn(1);
  assert.deepEqual(shown, [1, 10_000]);
  assert.equal(clock.due.length, 0);
});

test('pace: of 10,000 in a second as many are shown as there is time for, the last among them', () => {
  const { clock, shown, show } = stage();
  for (let i = 1; i <= 10_000; i++) {
    show(i);
    clock.turn(0.1);
    assert.ok(clock.due.length <= 1);
  }
  clock.turn(APART);
  assert.ok(shown.length <= 1000 / APART + 2, `${shown.length}`);
  assert.equal(shown.at(-1), 10_000);
});

test('pace: what acts may be asked for again by what it does', () => {
  const clock = new TestClock();
  let times = 0;
  /** @type {() => void} */
  const show = paced(() => { if (++times < 100) show(); }, clock);
  show();
  assert.equal(times, 1);
  clock.turn(APART);
  assert.equal(times, 2);
});
