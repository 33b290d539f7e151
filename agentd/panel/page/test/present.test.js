import assert from 'node:assert/strict';
import test from 'node:test';

import { Present } from '../present.js';

const all = ['view', 'ink', 'pointer', 'keyboard'];

const privacy = { windows: [] };

/** A state in which s1 asks since a second, and holds some. */
const asked = (number, second, granted = []) => {
  const session = { id: 's1', state: 'asked', requested: all, granted, asked_since: `2001-09-09T01:46:0${second}Z` };
  return { number, state: 'asked', session, sessions: [session], privacy };
};

const idle = (number) => ({ number, state: 'idle', session: null, sessions: [], privacy });

test('a request starts its time and its switches anew', () => {
  const present = new Present();
  assert.equal(present.take(idle(1), 100), false);
  assert.equal(present.take(asked(2, 1), 200), true);
  assert.deepEqual([present.shown, ...present.allowed()], [200, 'view', 'ink']);
  present.turn('keyboard', true);
  present.turn('ink', false);
  assert.equal(present.take(asked(3, 1), 300), false, 'the same one');
  assert.deepEqual([present.shown, ...present.allowed()], [200, 'view', 'keyboard']);
  assert.equal(present.take(asked(4, 2), 400), true, 'the next one of the same helper');
  assert.deepEqual([present.shown, ...present.allowed()], [400, 'view', 'ink']);
});

test('what was given meanwhile is not allowed again', () => {
  const present = new Present();
  present.take(asked(1, 1), 0);
  present.take(asked(2, 1, ['view']), 0);
  assert.deepEqual(present.allowed(), ['ink']);
});

test('a state that was overtaken changes nothing', () => {
  const present = new Present();
  present.take(asked(5, 1), 100);
  present.turn('ink', false);
  assert.equal(present.take(asked(4, 2), 200), false);
  assert.deepEqual([present.state.number, present.arrived, ...present.allowed()], [5, 100, 'view']);
});

test('nothing can be turned while nobody asks', () => {
  const present = new Present();
  present.turn('view', true);
  present.take(idle(1), 0);
  present.turn('view', true);
  assert.deepEqual(present.allowed(), []);
});

test('a failure is forgotten when things go on', () => {
  const present = new Present();
  present.take(idle(1), 0);
  present.failed = 'no';
  present.take(idle(2), 0);
  assert.equal(present.failed, 'no');
  present.take(asked(3, 1), 0);
  assert.equal(present.failed, '');
});

test('a list of windows starts its time anew when a button could have moved', () => {
  const present = new Present();
  const listing = (number, ...ids) => ({ ...idle(number), privacy: { windows: ids.map((id) => ({ id, title: `title ${number}` })) } });
  present.take(listing(1, 5, 7), 100);
  present.take(listing(2, 5, 7), 200);
  assert.equal(present.listed, 100, 'another title');
  present.take(listing(3, 5, 6, 7), 300);
  assert.equal(present.listed, 300, 'one more window');
  present.take(listing(4, 6, 7), 400);
  assert.equal(present.listed, 400, 'one has gone');
  present.seenAgain(500);
  assert.equal(present.listed, 500, 'the page was away');
});

test('an offered field starts its time anew when it is another one', () => {
  const present = new Present();
  const trying = (number, field) => ({ ...idle(number), sessions: [{ id: 's1', field, granted: ['view'] }] });
  present.take(trying(1, 'PIN'), 100);
  present.take(trying(2, 'PIN'), 200);
  assert.equal(present.offered, 100);
  present.take(trying(3, 'CVC'), 300);
  assert.equal(present.offered, 300);
  present.seenAgain(500);
  assert.equal(present.offered, 500);
});

test('looking ends when nobody sees the screen any more, and does not begin by itself', () => {
  const present = new Present();
  present.take(asked(1, 1, ['view']), 100);
  present.looking = true;
  present.take(asked(2, 2, ['view']), 200);
  assert.equal(present.looking, true);
  present.take(asked(3, 2), 300);
  assert.equal(present.looking, false);
  present.take(asked(4, 2, ['view']), 400);
  assert.equal(present.looking, false);
});
