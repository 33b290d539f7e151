import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Board } from '../ink/board.js';
import { MAX_ALIVE, MAX_STROKE, MAX_STROKES } from '../protocol/limits.js';

const style = { colour: 0xff0000, width: 4, fade: 0 };

/** @param {Board} board @param {number} number @param {number} [count] @param {number} [fade] */
function draw(board, number, count = 1, fade = 0) {
  board.begin({ number, ...style, fade });
  board.extend(number, new Array(2 * count).fill(7));
  board.end(number, 0);
}

const numbers = (/** @type {Board} */ board, now = 0) => board.seen(now).map(({ number }) => number);

test('board: a stroke grows, oldest first', () => {
  const board = new Board();
  board.begin({ number: 1, ...style });
  board.extend(1, [1, 2]);
  board.extend(1, [3, 4, 5, 6]);
  draw(board, 2);
  assert.deepEqual(board.seen(0)[0].points, [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(numbers(board), [1, 2]);
});

test('board: undo and clear', () => {
  const board = new Board();
  for (const number of [1, 2, 3]) draw(board, number);
  board.undo(2);
  assert.deepEqual(numbers(board), [1, 3]);
  board.extend(2, [1, 1]); // late
  assert.deepEqual(numbers(board), [1, 3]);
  board.clear();
  assert.deepEqual(numbers(board), []);
});

test('board: fading counts from the end, and nothing else goes by itself', () => {
  const board = new Board();
  draw(board, 1);
  board.begin({ number: 2, ...style, fade: 3000 });
  board.extend(2, [1, 1]);
  assert.equal(board.next(0), Infinity); // still being drawn
  board.end(2, 500);
  assert.deepEqual(numbers(board, 3499), [1, 2]);
  assert.deepEqual(numbers(board, 3500), [1]);
  assert.equal(board.next(3500), Infinity);
});

test('board: a stroke that goes gets thinner, in the steps of the device', () => {
  for (const [width, steps] of /** @type {[number, number[]][]} */ ([[8, [8, 6, 4, 2]], [4, [4, 4, 2, 2]], [3, [3, 3, 1, 1]], [16, [16, 12, 8, 4]], [1, [1, 1, 1, 1]], [2, [2, 2, 2, 2]]])) {
    const board = new Board();
    board.begin({ number: 1, ...style, width, fade: 1000 });
    board.extend(1, [1, 1]);
    board.end(1, 0);
    const seen = [];
    let now = 0;
    for (let at = 1000 - 400; at < 1000; at += 100) seen.push(board.seen(at)[0].width);
    assert.deepEqual(seen, steps, `width ${width}`);
    const shown = [];
    for (; now < 1000; now = board.next(now)) shown.push(board.seen(now)[0].width); // drawn only when it differs
    assert.deepEqual(shown, [...new Set(steps)], `width ${width}`);
    assert.equal(now, 1000);
  }
});

test('board: one stroke too many takes the oldest', () => {
  const board = new Board();
  for (let number = 1; number <= MAX_STROKES; number++) draw(board, number);
  assert.equal(numbers(board)[0], 1);
  draw(board, MAX_STROKES + 1);
  assert.equal(numbers(board)[0], 2);
  assert.equal(board.strokes.length, MAX_STROKES);
});

test('board: one point too many takes the oldest', () => {
  const board = new Board();
  for (let number = 1; number <= MAX_ALIVE / MAX_STROKE; number++) draw(board, number, MAX_STROKE);
  assert.equal(board.alive, MAX_ALIVE);
  assert.equal(numbers(board)[0], 1);
  draw(board, 99, 1);
  assert.equal(numbers(board)[0], 2);
});
