import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Held, NAMED } from '../input/held.js';
import { nearest, place } from '../input/place.js';
import { PACE, Pointer, SETTLED } from '../input/pointer.js';
import { Wheel } from '../input/wheel.js';
import { MAX_HELD } from '../protocol/limits.js';
import { TestClock, Wire } from '../testing/helpers.js';

const LEFT = 1, RIGHT = 2, MIDDLE = 4, BACK = 8, FORWARD = 16; // a browser's bits

function pointing() {
  const clock = new TestClock(), wire = new Wire();
  const held = new Held(wire.input, clock);
  return { clock, wire, held, pointer: new Pointer(wire.input, held, clock) };
}

const moved = (/** @type {string} */ channel, /** @type {number} */ x, /** @type {number} */ y) => ({ channel, kind: 'pointer', x, y });
const pressed = (/** @type {number} */ button, /** @type {boolean} */ down, /** @type {number} */ x, /** @type {number} */ y) => (
  { channel: 'input', kind: 'button', x, y, button, down });

test('place: every pixel is found at every zoom, at its corners and in its middle', () => {
  const size = { x: 0, y: 0, width: 1280, height: 800 }, part = { ...size, x: 1920, y: 56 };
  for (const scale of [0.5, 1, 2, 1 / 1.25, 0.333, 0.9607, 1.75]) {
    const box = { left: 12.5, top: 60, width: size.width * scale, height: size.height * scale };
    for (const [x, y] of [[0, 0], [1, 1], [639, 399], [640, 401], [1277, 3], [1279, 799]]) {
      for (const inside of [0.02, 0.5, 0.98]) {
        const at = /** @type {const} */ ([box.left + (x + inside) * scale, box.top + (y + inside) * scale, box]);
        assert.deepEqual(place(...at, size), [x, y], `${x},${y} at ${scale}`);
        assert.deepEqual(place(...at, part), [1920 + x, 56 + y], `${x},${y} of a part at ${scale}`);
      }
    }
  }
});

test('place: outside it is the nearest pixel', () => {
  const box = { left: 10, top: 10, width: 640, height: 400 }, size = { x: 0, y: 0, width: 1280, height: 800 };
  assert.deepEqual(place(-50, 9999, box, size), [0, 799]);
  assert.deepEqual(place(650, 10, box, size), [1279, 0]);
  assert.deepEqual(nearest({ x: 2000, y: 3 }, size), { x: 1279, y: 3 });
  assert.deepEqual(nearest({ x: 5, y: 5 }, { x: 0, y: 0, width: 0, height: 0 }), { x: 0, y: 0 });
  assert.deepEqual(nearest({ x: 5, y: 900 }, { x: 1280, y: 200, width: 640, height: 480 }), { x: 1280, y: 679 });
});

test('pointer: the newest position, no more often than its pace, and once more when it rests', () => {
  const { clock, wire, pointer } = pointing();
  for (let x = 1; x <= 20; x++) {
    pointer.to(x, 7, 0);
    clock.turn(1);
  }
  assert.deepEqual(wire.took(), [moved('move', 1, 7), moved('move', 8, 7), moved('move', 16, 7)]);
  clock.turn(1000);
  assert.deepEqual(wire.took(), [moved('move', 20, 7), moved('input', 20, 7)]);
});

test('pointer: the first position is news, also in the corner', () => {
  const { wire, pointer } = pointing();
  pointer.to(0, 0, 0);
  assert.deepEqual(wire.took(), [moved('move', 0, 0)]);
});

test('pointer: the position goes once more as late as it should', () => {
  const { clock, wire, pointer } = pointing();
  pointer.to(5, 5, 0);
  wire.took();
  clock.turn(SETTLED - 1);
  assert.deepEqual(wire.took(), []);
  clock.turn(1);
  assert.deepEqual(wire.took(), [moved('input', 5, 5)]);
  pointer.to(5, 5, 0); // it has not moved
  clock.turn(1000);
  assert.deepEqual(wire.took(), []);
});

test('pointer: in a second of moving, never above its pace', () => {
  const { clock, wire, pointer } = pointing();
  for (let ms = 0; ms < 1000; ms++) {
    pointer.to(ms % 1280, 3, 0);
    clock.turn(1);
  }
  assert.ok(wire.took().length <= 1 + 1000 / PACE);
});

test('pointer: every button by its number, at the position of the event', () => {
  const { wire, pointer, clock } = pointing();
  for (const [bit, button] of [[LEFT, 0], [MIDDLE, 1], [RIGHT, 2], [BACK, 3], [FORWARD, 4]]) {
    pointer.to(10 + button, 20, bit);
    pointer.to(10 + button, 21, 0);
    assert.deepEqual(wire.took(), [pressed(button, true, 10 + button, 20), pressed(button, false, 10 + button, 21)]);
  }
  clock.turn(1000);
  assert.deepEqual(wire.took(), []); // buttons carried the position
});

test('pointer: a press overtakes the position that waits', () => {
  const { clock, wire, pointer } = pointing();
  pointer.to(1, 1, 0);
  pointer.to(2, 2, 0);
  pointer.to(3, 3, LEFT);
  clock.turn(1000);
  assert.deepEqual(wire.took(), [moved('move', 1, 1), pressed(0, true, 3, 3)]);
});

test('pointer: dragging with several buttons', () => {
  const { clock, wire, pointer } = pointing();
  pointer.to(1, 1, LEFT);
  pointer.to(2, 2, LEFT | RIGHT);
  clock.turn(20);
  pointer.to(9, 9, LEFT | RIGHT);
  pointer.to(9, 9, RIGHT);
  assert.deepEqual(wire.took(), [pressed(0, true, 1, 1), pressed(2, true, 2, 2), moved('move', 9, 9), pressed(0, false, 9, 9)]);
});

test('pointer: what was let go stays so until the hand has let it go', () => {
  const { wire, held, pointer } = pointing();
  pointer.to(5, 6, LEFT);
  pointer.release();
  held.release();
  assert.deepEqual(wire.took(), [pressed(0, true, 5, 6), pressed(0, false, 5, 6)]);
  pointer.to(5, 6, LEFT);
  pointer.to(5, 6, LEFT | RIGHT);
  pointer.to(5, 6, 0);
  pointer.to(5, 6, LEFT);
  assert.deepEqual(wire.took(), [pressed(2, true, 5, 6), pressed(2, false, 5, 6), pressed(0, true, 5, 6)]);
});

test('pointer: what is pressed while it has no effect has none later', () => {
  const { wire, pointer } = pointing();
  pointer.ignore(LEFT);
  pointer.to(3, 3, LEFT);
  assert.deepEqual(wire.took(), [moved('move', 3, 3)]);
});

test('pointer: a wheel carries the position, and overtakes one that waits', () => {
  const { clock, wire, pointer } = pointing();
  pointer.turn(4, 5, { deltaX: 0, deltaY: 120, deltaMode: 0 });
  pointer.turn(4, 5, { deltaX: 0, deltaY: 1, deltaMode: 0 });
  clock.turn(1000);
  assert.deepEqual(wire.took(), [{ channel: 'input', kind: 'wheel', x: 4, y: 5, dx: 0, dy: 1 }]);
});

/** @type {[string, number[][], number][]} deltas with their modes, and the steps they make */
const turns = [
  ['a notch in pixels', [[100, 0]], 1],
  ['a notch of another system', [[120, 0]], 1],
  ['a small notch, back', [[-53, 0]], -1],
  ['two notches at once', [[240, 0]], 2],
  ['a touch pad', [[12, 0], [12, 0], [12, 0], [12, 0]], 1],
  ['a touch pad that turns round', [[30, 0], [-30, 0], [-12, 0]], -1],
  ['three lines', [[3, 1]], 1],
  ['a line at a time', [[1, 1], [1, 1], [1, 1]], 1],
  ['a page', [[1, 2]], 5],
  ['as many steps as a message has', [[1200, 0]], 10],
  ['more than that', [[-5000, 0]], -10],
];
for (const [name, deltas, steps] of turns) {
  test(`wheel: ${name}`, () => {
    for (const axis of /** @type {const} */ (['dx', 'dy'])) {
      const wheel = new Wheel();
      let sum = 0;
      for (const [delta, deltaMode] of deltas) {
        sum += wheel.turn({ deltaX: axis === 'dx' ? delta : 0, deltaY: axis === 'dy' ? delta : 0, deltaMode })?.[axis] ?? 0;
      }
      assert.equal(sum, steps);
    }
  });
}

test('wheel: what is over is not made up for', () => {
  const wheel = new Wheel();
  assert.deepEqual(wheel.turn({ deltaX: 0, deltaY: 9999, deltaMode: 0 }), { dx: 0, dy: 10 });
  assert.equal(wheel.turn({ deltaX: 0, deltaY: 0.1, deltaMode: 0 }), null);
});

const key = (/** @type {string} */ code, /** @type {boolean} */ down) => ({ channel: 'input', kind: 'key', code, down });

test('held: a key goes down once, and up once', () => {
  const { wire, held } = pointing();
  held.key('KeyA', true);
  held.key('KeyA', true);
  held.key('KeyA', false);
  held.key('KeyA', false);
  held.key('KeyB', false);
  assert.deepEqual(wire.took(), [key('KeyA', true), key('KeyA', false)]);
});

test('held: no more than a device holds', () => {
  const { wire, held } = pointing();
  for (let i = 1; i <= MAX_HELD + 1; i++) held.key(`F${i}`, true);
  assert.deepEqual(wire.took().map(({ code }) => code), Array.from({ length: MAX_HELD }, (_, i) => `F${i + 1}`));
});

test('held: named every second, as long as there is something', () => {
  const { clock, wire, held } = pointing();
  held.key('ShiftLeft', true);
  clock.turn(NAMED / 2);
  held.key('F5', true);
  wire.took();
  clock.turn(NAMED / 2 - 1);
  assert.deepEqual(wire.took(), []);
  clock.turn(1 + NAMED);
  const named = { channel: 'input', kind: 'held', codes: ['ShiftLeft', 'F5'] };
  assert.deepEqual(wire.took(), [named, named]);
  held.release();
  wire.took();
  clock.turn(10 * NAMED);
  assert.deepEqual(wire.took(), []);
});

test('held: a key that comes and goes does not put the naming off', () => {
  const { clock, wire, held } = pointing();
  held.key('ControlLeft', true);
  for (let i = 0; i < 20; i++) {
    held.key('KeyV', true);
    clock.turn(50);
    held.key('KeyV', false);
    clock.turn(50);
  }
  assert.ok(wire.took().filter(({ kind }) => kind === 'held').length >= 1);
});

test('held: everything is let go, buttons where they were', () => {
  const { wire, held } = pointing();
  held.key('AltLeft', true);
  held.button(0, true, 3, 4);
  wire.took();
  held.release();
  held.release();
  assert.deepEqual(wire.took(), [key('AltLeft', false), pressed(0, false, 3, 4)]);
});

test('held: a button goes up inside the picture, also when that got smaller', () => {
  const { wire, held } = pointing();
  held.button(0, true, 900, 4);
  wire.took();
  held.within({ x: 0, y: 0, width: 640, height: 480 });
  held.release();
  assert.deepEqual(wire.took(), [pressed(0, false, 639, 4)]);
});
