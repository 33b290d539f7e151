import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SETTLED, Views } from '../views.js';
import { TestClock } from '../testing/helpers.js';

const screen = { x: 0, y: 0, width: 1920, height: 1024 };
const left = { x: 0, y: 0, width: 1280, height: 1024 }, right = { x: 1280, y: 200, width: 640, height: 480 };
const all = { x: 0, y: 0, width: 0, height: 0 }, asIs = { mostWidth: 0, mostHeight: 0 };

/** A page that shows two monitors. */
function playing() {
  const clock = new TestClock();
  const session = { state: 'live', viewable: true, looks: 0, sent: /** @type {any[]} */ ([]), look(/** @type {any} */ wish) {
    if (this.state === 'live') this.looks = this.sent.push(wish);
    return this.state === 'live';
  } };
  const page = { room: /** @type {any} */ ({ width: 900.7, height: 700 }) };
  const views = new Views(/** @type {any} */ (session), clock, () => page.room);
  views.take(screen, [left, right]);
  return { clock, session, page, views, took: () => session.sent.splice(0) };
}

test('views: nothing is asked for until something is chosen', () => {
  const { views, took } = playing();
  views.settle();
  views.later();
  assert.deepEqual(took(), []);
});

test('views: a monitor, and all of the screen again', () => {
  const { views, took } = playing();
  views.choose(2);
  assert.deepEqual(took(), [{ ...right, ...asIs }]);
  views.choose(2);
  views.choose(3); // there is none
  assert.deepEqual([took(), views.monitor], [[], 2]);
  views.choose(0);
  assert.deepEqual(took(), [{ ...all, ...asIs }]);
});

test('views: a monitor that moves is followed, and one that goes is not missed', () => {
  const { views, took } = playing();
  views.choose(2);
  took();
  const there = { ...right, y: 0 };
  assert.equal(views.take(right, [left, right]), true);
  assert.equal(views.take({ ...right }, [left, { ...right }]), false);
  assert.equal(views.take(right, [left, there]), true);
  views.settle();
  assert.deepEqual(took(), [{ ...there, ...asIs }]);
  views.take(there, [left]);
  views.settle();
  assert.deepEqual([took(), views.monitor], [[{ ...all, ...asIs }], 0]);
});

test('views: scaled only where the page is much smaller than what it shows', () => {
  const { page, views, took } = playing();
  views.scale(true);
  assert.deepEqual(took(), [{ ...all, mostWidth: 900, mostHeight: 700 }]);
  views.choose(2); // fits as it is
  assert.deepEqual(took(), [{ ...right, ...asIs }]);
  views.choose(1);
  assert.deepEqual(took(), [{ ...left, mostWidth: 900, mostHeight: 700 }]);
  page.room = { width: 1280 * 0.75, height: 1024 * 0.75 };
  views.settle();
  assert.deepEqual(took(), [{ ...left, ...asIs }]);
  page.room = { width: 0.5, height: 700 };
  views.settle();
  assert.deepEqual(took(), [{ ...left, mostWidth: 1, mostHeight: 700 }]);
  page.room = null; // one to one
  views.settle();
  assert.deepEqual(took(), [{ ...left, ...asIs }]);
  views.scale(false);
  assert.deepEqual(took(), []);
});

test('views: of all monitors while one is shown', () => {
  const { views, took } = playing();
  views.choose(2);
  views.take(right, [left, right]);
  views.scale(true);
  took();
  views.choose(0);
  assert.deepEqual(took(), [{ ...all, mostWidth: 900, mostHeight: 700 }]);
});

test('views: a page that changes its size is waited for', () => {
  const { clock, page, views, took } = playing();
  views.scale(true);
  took();
  for (let width = 900; width > 800; width -= 10) {
    page.room = { width, height: 700 };
    views.later();
    clock.turn(SETTLED / 2);
  }
  assert.deepEqual(took(), []);
  clock.turn(SETTLED);
  assert.deepEqual(took(), [{ ...all, mostWidth: 810, mostHeight: 700 }]);
});

test('views: what cannot be asked for now is asked for later', () => {
  const { session, views, took } = playing();
  session.state = 'paused';
  views.choose(1);
  assert.deepEqual(took(), []);
  session.state = 'live';
  views.settle();
  assert.deepEqual(took(), [{ ...left, ...asIs }]);
  views.settle();
  assert.deepEqual(took(), []);
});

test('views: what the device may have dropped is asked for again', () => {
  const { session, views, took } = playing();
  const pause = () => {
    for (const state of ['paused', 'live']) {
      session.state = state;
      views.settle();
    }
  };
  pause();
  assert.deepEqual(took(), []); // nothing was ever asked for
  views.choose(1);
  took();
  pause();
  assert.deepEqual(took(), [{ ...left, ...asIs }]);
  views.choose(0);
  took();
  pause();
  assert.deepEqual(took(), [{ ...all, ...asIs }]);
});
