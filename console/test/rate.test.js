import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Rate } from '../rate.js';
import { randomFrom } from '../testing/helpers.js';

test('rate: as many as it says, and one more after the span', () => {
  const rate = new Rate(3, 1000);
  for (const at of [0, 400, 500]) {
    assert.ok(rate.room(at) >= 1);
    rate.take(1, at);
  }
  assert.equal(rate.room(500), 0);
  assert.equal(rate.wait(1, 500), 500);
  assert.equal(rate.wait(2, 500), 900);
  assert.equal(rate.room(999), 0);
  assert.equal(rate.room(1000), 1);
  assert.equal(rate.wait(1, 1000), 0);
});

test('rate: in no stretch of a span are there more', () => {
  const random = randomFrom(1), rate = new Rate(10, 100);
  const taken = [];
  for (let now = 0; now < 5000; now += random(9)) {
    if (rate.room(now) < 1) continue;
    rate.take(1, now);
    taken.push(now);
  }
  for (let i = 10; i < taken.length; i++) assert.ok(taken[i] - taken[i - 10] >= 100);
  assert.ok(taken.length > 450);
});
