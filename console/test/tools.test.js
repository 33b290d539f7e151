import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decode, encode } from '../protocol/messages.js';
import { Session } from '../session.js';
import { banner, tip } from '../tips.js';
import { Tools } from '../tools.js';
import { catalogues } from '../words.js';
import { TestClock } from '../testing/helpers.js';

const VIEW = 1, INK = 2, POINTER = 4, KEYBOARD = 8, ALL = 15;
const size = { x: 0, y: 0, width: 1280, height: 800 };

/** Tools in a session that is live, with these scopes. */
class Course {
  /** @param {number} scopes */
  constructor(scopes) {
    this.clock = new TestClock();
    /** @type {any[]} */
    this.sent = [];
    this.numbers = { grants: 0, paused: 0, hand: 0 };
    this.session = new Session({
      send: (channel, message) => this.sent.push(decode(message, { direction: 'c>d', channel, state: message[1] === 1 ? 'opening' : message[1] === 3 ? 'greeted' : 'live' }).message),
      begin: () => {}, close: () => {},
    }, { name: '', reason: '' }, { changed: () => this.tools?.settle(size), cursor: () => {} }, this.clock.now);
    /** @type {Tools} */
    this.tools = new Tools(this.session, this.clock, { changed: () => {}, drawn: () => {}, mac: false });
    this.session.opened();
    this.session.listens();
    this.device('welcome', { version: 1, capabilities: [4], session: '0123456789abcdef', device: '', limits: [1, 2, 3, 4, 5, 6, 7] });
    this.grants(scopes);
    this.session.shown(1);
    this.sent = [];
  }

  /** @param {string} kind @param {{ [field: string]: any }} fields */
  device(kind, fields) {
    this.session.receive('evt', encode(kind, fields).slice().buffer);
    return this;
  }

  grants(/** @type {number} */ scopes) {
    const number = ++this.numbers.grants;
    return this.device('grants', { number, generation: number, scopes, asked: 0, answered: 1 });
  }

  paused(/** @type {number} */ why) {
    return this.device('paused', { number: ++this.numbers.paused, why });
  }

  hand(/** @type {number} */ why) {
    return this.device('hand', { number: ++this.numbers.hand, why });
  }

  /** Presses a key and a button, and begins to type more than a second takes. */
  hold() {
    this.tools.choose('control');
    this.tools.point(10, 20, 1);
    this.tools.typist.key('ShiftLeft', true);
    this.tools.typist.paste('x'.repeat(2000));
    this.sent = [];
    return this;
  }

  took() {
    return this.sent.splice(0).map(({ kind, code, button, down }) => [kind, code ?? button, down].filter((part) => part !== undefined).join(' '));
  }
}

test('tools: what may be chosen', () => {
  for (const [scopes, modes] of /** @type {[number, string[]][]} */ ([
    [VIEW, ['look']], [VIEW | INK, ['look', 'draw']], [VIEW | POINTER, ['look', 'control']],
    [VIEW | KEYBOARD, ['look', 'control']], [ALL, ['look', 'draw', 'control']],
  ])) {
    const { tools } = new Course(scopes);
    for (const mode of /** @type {const} */ (['draw', 'control', 'look'])) {
      assert.equal(tools.allows(mode), modes.includes(mode));
      tools.choose('look');
      tools.choose(mode);
      assert.equal(tools.mode, modes.includes(mode) ? mode : 'look');
    }
  }
});

test('acts: input and ink need their scope, a picture, and a hand at rest', () => {
  const course = new Course(VIEW | INK | POINTER);
  const { acts } = course.tools;
  const act = () => {
    course.sent = [];
    acts.input('move', 'pointer', { x: 1, y: 2 }, POINTER);
    acts.input('input', 'text', { text: 'a' }, KEYBOARD);
    acts.ink('undo', { stroke: 1 });
    return course.took();
  };
  assert.deepEqual(act(), ['pointer', 'undo']);
  course.hand(1);
  assert.deepEqual(act(), ['undo']);
  course.hand(0).paused(1);
  assert.deepEqual(act(), []);
  course.paused(0);
  assert.deepEqual(act(), ['pointer', 'undo']);
  course.grants(VIEW);
  assert.deepEqual(act(), []);
  course.grants(0).grants(ALL);
  assert.deepEqual(act(), []); // the picture is of a grant that is over
  course.session.shown(4);
  assert.deepEqual(act(), ['pointer', 'text', 'undo']);
  course.device('bye', { code: 1, text: '' });
  assert.deepEqual(act(), []);
});

test('acts: input is numbered in one sequence, and carries the newest generation there is word of', () => {
  const course = new Course(ALL), { acts } = course.tools;
  acts.input('move', 'pointer', { x: 1, y: 2 }, POINTER);
  course.session.shown(9); // a reset
  acts.input('input', 'key', { code: 'Enter', down: true }, KEYBOARD);
  course.device('grants', { number: 2, generation: 12, scopes: ALL, asked: 0, answered: 1 });
  acts.input('input', 'text', { text: 'a' }, KEYBOARD);
  assert.deepEqual(course.sent.map(({ kind, number, generation }) => [kind, number, generation]), [
    ['pointer', 1, 1], ['key', 2, 9], ['text', 3, 12]]);
});

const ups = ['key ShiftLeft false', 'button 0 false'];

/** @type {[string, (course: Course) => void, string[], string][]} what happens, what is still sent, and the mode then */
const letsGo = [
  ['another mode', (course) => course.tools.choose('look'), ups, 'look'],
  ['the page is not looked at', (course) => course.tools.release(), ups, 'control'],
  ['the user\'s hand', (course) => course.hand(1), [], 'control'],
  ['the user is asked', (course) => course.hand(2), [], 'control'],
  ['a pause', (course) => course.paused(1), [], 'look'],
  ['the screen is gone', (course) => course.paused(2), [], 'look'],
  ['the keyboard is taken', (course) => course.grants(VIEW | POINTER), ['button 0 false'], 'control'],
  ['view is taken', (course) => course.grants(0), [], 'look'],
  ['the end', (course) => course.device('bye', { code: 1, text: '' }), [], 'look'],
];
for (const [name, play, sent, mode] of letsGo) {
  test(`tools: ${name} lets everything go`, () => {
    const course = new Course(ALL).hold();
    play(course);
    assert.deepEqual(course.took().slice(0, 2), sent);
    assert.deepEqual([course.tools.mode, course.tools.held.keys.size, course.tools.held.buttons.size, course.tools.typist.waiting], [mode, 0, 0, 0]);
    course.clock.turn(5000);
    assert.ok(!course.took().some((one) => /held|text|true/.test(one)));
  });
}

test('tools: a key that leads out of the page is no tap', () => {
  const course = new Course(ALL), { keyboard } = course.tools;
  course.tools.choose('control');
  const meta = { code: 'MetaLeft', key: 'Meta', ctrlKey: false, altKey: false, shiftKey: false, metaKey: true, repeat: false, isComposing: false, getModifierState: () => false };
  keyboard.down(meta);
  course.tools.release();
  keyboard.up({ ...meta, metaKey: false });
  assert.deepEqual(course.took(), []);
});

test('tools: control does not come back by itself', () => {
  const course = new Course(ALL).hold().paused(1).paused(0);
  assert.equal(course.tools.mode, 'look');
  course.tools.point(1, 1, 1);
  assert.deepEqual(course.took(), []);
});

test('tools: what is pressed while the hand rests it has no effect afterwards', () => {
  const course = new Course(ALL).hold().hand(1);
  course.took();
  course.tools.point(11, 20, 1);
  course.tools.point(11, 20, 1);
  course.hand(0);
  course.took();
  course.tools.point(30, 30, 1); // the old press goes on
  assert.deepEqual(course.took(), ['pointer']);
  course.tools.point(30, 30, 0);
  course.tools.point(30, 30, 1);
  assert.deepEqual(course.took(), ['button 0 true']);
});

test('tools: only the scope that is held acts', () => {
  const mouse = new Course(VIEW | POINTER).hold();
  assert.deepEqual([mouse.tools.points, mouse.tools.types], [true, false]);
  const keys = new Course(VIEW | KEYBOARD);
  keys.tools.choose('control');
  keys.tools.point(1, 1, 1);
  assert.deepEqual([keys.took(), keys.tools.points, keys.tools.types], [[], false, true]);
});

test('tools: what is held when the picture gets smaller goes up inside it', () => {
  const course = new Course(ALL);
  course.tools.choose('control');
  course.tools.point(1279, 799, 1);
  course.sent = [];
  size.width = 640;
  course.session.shown(2);
  size.width = 1280;
  course.tools.release();
  assert.deepEqual(course.sent.map(({ kind, button, x, y, down, generation }) => ({ kind, button, x, y, down, generation })), [
    { kind: 'button', button: 0, x: 639, y: 799, down: false, generation: 2 }]);
});

/** @type {[string, (course: Course) => void, number][]} and how many strokes are left */
const inkGoes = [
  ['ink is taken', (course) => course.grants(VIEW), 0],
  ['view is taken', (course) => course.grants(0), 0],
  ['the screen is gone', (course) => course.paused(2), 0],
  ['the end', (course) => course.device('bye', { code: 1, text: '' }), 0],
  ['a pause', (course) => course.paused(1), 1],
  ['the hand', (course) => course.hand(1), 1],
  ['another scope is taken', (course) => course.grants(VIEW | INK), 1],
];
for (const [name, play, left] of inkGoes) {
  test(`tools: ${name} leaves ${left} strokes`, () => {
    const course = new Course(ALL);
    course.tools.choose('draw');
    course.tools.pen.down(1, 1);
    course.tools.pen.up();
    play(course);
    assert.equal(course.tools.board.strokes.length, left);
  });
}

test('tools: a stroke in the middle of a pause goes, also on the device', () => {
  const course = new Course(ALL);
  course.tools.choose('draw');
  course.tools.pen.down(1, 1);
  course.paused(1);
  assert.equal(course.tools.board.strokes.length, 0);
  course.took();
  course.paused(0);
  assert.deepEqual(course.took(), ['undo']);
});

test('tips: in control they always say how to get out of it', () => {
  const words = catalogues.en;
  const now = { hand: 0, note: /** @type {const} */ (''), waiting: 0, refused: false, open: false, denied: false, remark: '' };
  for (const [mouse, keys] of [[true, true], [true, false], [false, true]]) {
    for (const away of [true, false]) {
      for (const open of [true, false]) {
        assert.match(tip(words, { ...now, mode: 'control', mouse, keys, away, open, hand: 1, note: 'typing' }), /Ctrl\+Alt\+Shift/);
      }
    }
  }
});

test('tips: what became of asking', () => {
  const words = catalogues.en;
  const now = { mode: /** @type {const} */ ('look'), hand: 0, note: /** @type {const} */ (''), waiting: 0, refused: false, mouse: false, keys: false, away: true };
  assert.equal(tip(words, { ...now, open: true, denied: false, remark: '' }), words.tips.open);
  assert.equal(tip(words, { ...now, open: false, denied: true, remark: '' }), words.tips.denied);
  assert.equal(tip(words, { ...now, open: false, denied: true, remark: 'wait' }), 'The device says: wait');
  assert.equal(tip(words, { ...now, open: false, denied: false, remark: '' }), '');
  assert.equal(tip(words, { ...now, mode: 'draw', open: false, denied: false, remark: '' }), words.tips.draw);
});

test('tips: the hand comes before a paste', () => {
  const words = catalogues.en;
  const now = { mode: /** @type {const} */ ('control'), mouse: true, keys: true, away: false, refused: false, open: false, denied: false, remark: '', waiting: 7 };
  assert.equal(banner(words, { ...now, hand: 1, note: 'typing' }), words.tips.hand);
  assert.equal(banner(words, { ...now, hand: 2, note: 'cut' }), words.tips.asked);
  assert.equal(banner(words, { ...now, hand: 0, note: 'typing' }), words.typingLeft(7));
  assert.equal(banner(words, { ...now, hand: 0, note: 'cut' }), words.tips.cut);
  assert.equal(banner(words, { ...now, hand: 0, note: '', refused: true }), words.tips.clipboard);
  assert.equal(banner(words, { ...now, hand: 0, note: '' }), '');
  assert.equal(banner(words, { ...now, mode: 'look', hand: 1, note: '' }), '');
});
