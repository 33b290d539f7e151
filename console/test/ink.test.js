import assert from 'node:assert/strict';
import { test } from 'node:test';

import { around, both, Drawn, touch, touching } from '../ink/area.js';
import { Board } from '../ink/board.js';
import { segment, trace } from '../ink/curve.js';
import { BATCH, Pen } from '../ink/pen.js';
import { POINTS } from '../ink/sampler.js';
import { MAX_POINTS, MAX_STROKE } from '../protocol/limits.js';
import { randomFrom, TestClock, Wire } from '../testing/helpers.js';

/** A pen, the wire and the board it writes on, and a clock. */
function drawing() {
  const clock = new TestClock(), wire = new Wire(), board = new Board();
  const pen = new Pen(wire, board, clock);
  return { clock, wire, board, pen };
}

/**
 * What a path was told, in whole pixels.
 * @param {number[]} points
 * @param {(segment: number) => boolean} [wanted]
 */
function told(points, wanted) {
  /** @type {string[]} */
  const steps = [];
  const step = (/** @type {string} */ name) => (/** @type {number[]} */ ...at) => { steps.push(name + at.map((v) => Math.round(100 * v) / 100).join(' ')); };
  trace({ moveTo: step('M'), lineTo: step('L'), bezierCurveTo: step('C') }, points, wanted);
  return steps;
}

test('curve: two points are a straight line, and one is a dot', () => {
  assert.deepEqual(told([10, 20, 16, 20]), ['M10 20', 'C12 20 14 20 16 20']);
  assert.deepEqual(told([10, 20]), ['M10 20', 'L10.01 20']);
});

test('curve: it goes through every point, and along the bisector of two directions', () => {
  const [p, q] = [segment([0, 0, 30, 0, 60, 20, 90, 20], 0), segment([0, 0, 30, 0, 60, 20, 90, 20], 1)];
  assert.deepEqual([p[0], p[3], q[0], q[3]], [{ x: 0, y: 0 }, { x: 30, y: 0 }, { x: 30, y: 0 }, { x: 60, y: 20 }]);
  assert.deepEqual(p[1], { x: 10, y: 0 });
  const [inX, inY, outX, outY] = [30 - p[2].x, -p[2].y, q[1].x - 30, q[1].y];
  assert.ok(inX > 0 && inY > 0 && Math.abs(inX * outY - inY * outX) < 1e-9, 'the handles lie on one line');
});

test('curve: a sharp turn is a corner, and a point given twice too', () => {
  assert.deepEqual(told([0, 0, 30, 0, 30, 30]), ['M0 0', 'C10 0 20 0 30 0', 'C30 10 30 20 30 30']);
  assert.deepEqual(told([0, 0, 30, 0, 30, 0, 60, 0]), ['M0 0', 'C10 0 20 0 30 0', 'C30 0 30 0 30 0', 'C40 0 50 0 60 0']);
});

test('curve: a new point moves one segment only', () => {
  const points = [0, 0, 20, 5, 40, 0, 60, 9, 80, 0, 100, 4];
  for (let i = 0; i < 3; i++) assert.deepEqual(segment(points.slice(0, 10), i), segment(points, i));
  assert.notDeepEqual(segment(points.slice(0, 10), 3), segment(points, 3));
});

test('curve: only the segments that are wanted', () => {
  const line = [0, 0, 3, 0, 6, 0, 9, 0, 12, 0];
  assert.deepEqual(told(line, (i) => i !== 1), ['M0 0', 'C1 0 2 0 3 0', 'M6 0', 'C7 0 8 0 9 0', 'C10 0 11 0 12 0']);
});

test('area: every curve of a stroke stays in its area', () => {
  const random = randomFrom(11);
  for (let round = 0; round < 300; round++) {
    const points = Array.from({ length: 2 * (3 + random(5)) }, () => random(200));
    const stroke = { number: 1, colour: 0, width: 1 + random(9), points };
    for (let i = 0; i < points.length / 2 - 1; i++) {
      for (const { x, y } of segment(points, i)) {
        const reach = stroke.width / 2;
        const spot = { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
        assert.ok(contains(around(stroke, i), spot), `segment ${i} of ${points}`);
        assert.ok(touching(stroke, spot)(i));
      }
    }
  }
});

/** @param {import('../ink/area.js').Area} a @param {import('../ink/area.js').Area} b */
const contains = (a, b) => a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;

test('area: two of them', () => {
  const a = { left: 0, top: 0, right: 4, bottom: 4 };
  assert.deepEqual(both(a, { left: 2, top: -3, right: 9, bottom: 1 }), { left: 0, top: -3, right: 9, bottom: 4 });
  assert.equal(touch(a, { left: 4, top: 0, right: 8, bottom: 4 }), false);
  assert.equal(touch(a, { left: 3, top: 3, right: 8, bottom: 4 }), true);
});

test('area: only what differs is drawn anew', () => {
  const drawn = new Drawn();
  const stroke = { number: 1, colour: 0, width: 2, points: [10, 10] };
  assert.equal(drawn.take([]), null);
  assert.deepEqual(drawn.take([stroke]), { left: 7, top: 7, right: 13, bottom: 13 });
  assert.equal(drawn.take([stroke]), null);
  const longer = { ...stroke, points: [10, 10, 20, 10, 30, 10, 40, 10] };
  assert.deepEqual(drawn.take([longer]), around(longer));
  const longest = { ...stroke, points: [...longer.points, 50, 10] };
  assert.deepEqual(drawn.take([longest]), around(longest, 2)); // a new point bends the line before it
  assert.deepEqual(drawn.take([{ ...longest, width: 1 }]), around(longest));
  const other = { ...stroke, number: 2, points: [90, 90] };
  assert.deepEqual(drawn.take([{ ...longest, width: 1 }, other]), around(other));
  assert.deepEqual(drawn.take([other]), around(longest)); // it is gone
  assert.equal(drawn.take([other]), null);
});

test('pen: a stroke on the wire, and at once on the board', () => {
  const { clock, wire, board, pen } = drawing();
  pen.style = { colour: 0x123456, width: 8, fade: 3000 };
  pen.down(10, 20);
  pen.move([[13, 24]]);
  assert.deepEqual(board.seen(0), [{ number: 1, colour: 0x123456, width: 8, points: [10, 20, 13, 24] }]);
  assert.deepEqual(wire.took(), [
    { channel: 'ink', kind: 'stroke-begin', stroke: 1, generation: 5, colour: 0x123456, width: 8, fade: 3000 },
    { channel: 'ink', kind: 'stroke-points', stroke: 1, index: 0, points: [10, 20] },
  ]);
  clock.turn(BATCH);
  pen.up();
  assert.deepEqual(wire.took(), [
    { channel: 'ink', kind: 'stroke-points', stroke: 1, index: 1, points: [13, 24] },
    { channel: 'ink', kind: 'stroke-end', stroke: 1, points: 2 },
  ]);
  assert.equal(board.strokes[0].gone, BATCH + 3000);
});

test('pen: points leave in batches, none lost and in their order', () => {
  const { clock, wire, pen } = drawing();
  pen.down(0, 0);
  for (let x = 1; x <= 40; x++) {
    pen.move([[20 * x, 0]]);
    clock.turn(3);
  }
  pen.up();
  const batches = wire.took().filter(({ kind }) => kind === 'stroke-points');
  assert.ok(batches.length <= 2 + 120 / BATCH, `${batches.length} batches in 120 ms`);
  let index = 0;
  for (const batch of batches) {
    assert.equal(batch.index, index);
    index += batch.points.length / 2;
  }
  assert.deepEqual(batches.flatMap(({ points }) => points), Array.from({ length: 41 }, (_, x) => [20 * x, 0]).flat());
});

test('pen: a hand at rest makes one point', () => {
  const { wire, pen, clock } = drawing();
  pen.down(5, 5);
  pen.move([[5, 5], [5, 5]]);
  clock.turn(100);
  pen.up();
  assert.deepEqual(wire.took().map(({ kind, points }) => [kind, points]), [
    ['stroke-begin', undefined], ['stroke-points', [5, 5]], ['stroke-end', 1]]);
});

test('pen: however fast it moves, no second has more points than may be sent', () => {
  const { clock, wire, pen } = drawing();
  /** @type {number[]} when each point was sent */
  const sent = [];
  const note = () => {
    for (const { kind, points } of wire.took()) if (kind === 'stroke-points') sent.push(...points.filter((/** @type {any} */ _, /** @type {number} */ i) => i % 2).map(() => clock.time));
  };
  pen.down(0, 0);
  for (let ms = 1; ms <= 3000; ms++) { // a position every half a millisecond, 8 px apart
    pen.move([[(16 * ms) % 1920, ms % 1080], [(16 * ms + 8) % 1920, ms % 1080]]);
    clock.turn(1);
    note();
  }
  pen.up();
  for (let i = POINTS; i < sent.length; i++) assert.ok(sent[i] - sent[i - POINTS] >= 1000 - BATCH, `${POINTS + 1} points in ${sent[i] - sent[i - POINTS]} ms`);
  assert.ok(sent.length > 600, `only ${sent.length} points in three seconds`);
});

test('pen: where it ends is a point, however fast it was', () => {
  const { wire, board, pen } = drawing();
  pen.down(0, 0);
  pen.move(Array.from({ length: 2 * POINTS }, (_, i) => [100 * (i % 2), i])); // all at once
  const { points } = board.strokes[0];
  assert.ok(points.length / 2 < POINTS);
  pen.move([[55, 1000]]);
  assert.notDeepEqual(points.slice(-2), [55, 1000]);
  pen.up();
  assert.deepEqual(wire.took().filter(({ kind }) => kind === 'stroke-points').at(-1).points.slice(-2), [55, 1000]);
});

test('pen: slow lines keep every pixel', () => {
  const { clock, board, pen } = drawing();
  pen.down(0, 0);
  for (let x = 1; x <= 50; x++) {
    pen.move([[x, 0]]);
    clock.turn(50);
  }
  assert.equal(board.strokes[0].points.length / 2, 51);
});

test('pen: a full stroke goes on in the next, from its last point', () => {
  const { clock, wire, board, pen } = drawing();
  pen.down(0, 0);
  for (let i = 1; i < MAX_STROKE; i++) {
    pen.move([[100 * (i % 2), i]]);
    clock.turn(4);
  }
  assert.equal(board.strokes.length, 1);
  pen.move([[700, 700]]);
  pen.up();
  const sent = wire.took();
  assert.deepEqual(sent.filter(({ kind }) => kind === 'stroke-end').map(({ stroke, points }) => [stroke, points]), [[1, MAX_STROKE], [2, 2]]);
  assert.ok(sent.every(({ kind, points }) => kind !== 'stroke-points' || points.length <= 2 * MAX_POINTS));
  assert.deepEqual(board.strokes[1].points, [100, MAX_STROKE - 1, 700, 700]);
});

test('pen: positions that come at once are cut into messages', () => {
  const { wire, pen } = drawing();
  pen.down(0, 0);
  pen.move(Array.from({ length: MAX_POINTS + 10 }, (_, i) => [100 * (i % 2), i]));
  const [first] = wire.took().filter(({ kind, index }) => kind === 'stroke-points' && index > 0);
  assert.equal(first.points.length, 2 * MAX_POINTS);
});

test('pen: undo takes the last that is seen, clear all up to it', () => {
  const { clock, wire, board, pen } = drawing();
  pen.undo();
  pen.clear();
  assert.deepEqual(wire.took(), []);
  for (const fade of [0, 0, 1000]) {
    pen.style = { ...pen.style, fade };
    pen.down(1, 1);
    pen.up();
  }
  clock.turn(1000); // the third has gone by itself
  wire.took();
  pen.undo();
  assert.deepEqual(wire.took(), [{ channel: 'ink', kind: 'undo', stroke: 2 }]);
  pen.clear();
  assert.deepEqual(wire.took(), [{ channel: 'ink', kind: 'clear', stroke: 3 }]);
  assert.equal(board.strokes.length, 0);
});

test('pen: a stroke that cannot be finished goes on both sides', () => {
  const { clock, wire, board, pen } = drawing();
  pen.down(1, 1);
  pen.move([[9, 9]]);
  pen.interrupt();
  assert.equal(board.strokes.length, 0);
  wire.took();
  clock.turn(100);
  pen.move([[20, 20]]);
  pen.up();
  assert.deepEqual(wire.took(), []);
  pen.resume();
  pen.resume();
  assert.deepEqual(wire.took(), [{ channel: 'ink', kind: 'undo', stroke: 1 }]);
});

test('pen: what the device dropped goes here, and is not spoken of', () => {
  const { wire, board, pen } = drawing();
  pen.down(1, 1);
  pen.drop();
  wire.took();
  pen.resume();
  assert.deepEqual([wire.took(), board.strokes.length, pen.drawing], [[], 0, false]);
});
