import assert from 'node:assert/strict';
import test from 'node:test';

import { duration, minutesAndSeconds } from '../time.js';

const bare = (sentence) => sentence.replace(/[\u2068\u2069]/g, '');

test('minutes and seconds', () => {
  for (const [seconds, want] of [[0, '0:00'], [0.2, '0:01'], [9, '0:09'], [59.5, '1:00'], [600, '10:00']]) {
    assert.equal(minutesAndSeconds(seconds), want);
  }
});

test('durations', () => {
  for (const [seconds, want] of [
    [-5, 'for less than a minute'], [59, 'for less than a minute'], [60, 'for 1 minute'], [119, 'for 1 minute'],
    [120, 'for 2 minutes'], [3599, 'for 59 minutes'], [3600, 'for 1 h 0 min'], [7500, 'for 2 h 5 min'],
  ]) {
    assert.equal(bare(duration(seconds)), want);
  }
});
