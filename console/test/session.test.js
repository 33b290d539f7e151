import assert from 'node:assert/strict';
import { test } from 'node:test';

import { encode as write } from '../protocol/cbor.js';
import * as code from '../protocol/codes.js';
import { decode, encode } from '../protocol/messages.js';
import { Session } from '../session.js';

const VIEW = 1, INK = 2, POINTER = 4, ALL = 15;

/** A session, the device at the other end of it, and a clock. */
class Course {
  constructor() {
    /** @type {any[]} what the session sent */
    this.sent = [];
    this.cursors = 0;
    this.closed = 0;
    this.time = 0; // ms
    this.numbers = { grants: 0, paused: 0, hand: 0, masks: 0, error: 0, cursor: 0 };
    this.session = new Session({
      send: (channel, message) => this.sent.push(decode(message, { direction: 'c>d', channel, state: stateFor(message[1]) }).message),
      begin: () => this.sent.push('begin'),
      close: () => { this.closed++; },
    }, { name: 'Ada', reason: 'to help' }, {
      changed: () => {},
      cursor: () => { this.cursors++; },
    }, () => this.time);
  }

  /**
   * The device sends a message.
   * @param {string} kind
   * @param {{ [field: string]: any }} fields
   * @param {string} [channel]
   */
  device(kind, fields, channel = 'evt') {
    this.session.receive(channel, encode(kind, fields).slice().buffer);
    return this;
  }

  welcome() {
    this.session.opened();
    this.session.listens();
    return this.device('welcome', { version: 1, capabilities: [1, 2, 3], session: '0123456789abcdef', device: 'kiosk', limits: [1, 2, 3, 4, 5, 6, 7] });
  }

  grants(scopes = 0, asked = 0, answered = 0, generation = this.numbers.grants + 1) {
    return this.device('grants', { number: ++this.numbers.grants, generation, scopes, asked, answered });
  }

  error(/** @type {number} */ reason) {
    return this.device('error', { number: ++this.numbers.error, code: reason, text: '' });
  }

  paused(/** @type {number} */ why) {
    return this.device('paused', { number: ++this.numbers.paused, why });
  }

  hand(/** @type {number} */ why) {
    return this.device('hand', { number: ++this.numbers.hand, why });
  }

  masks(/** @type {number} */ generation, /** @type {number[]} */ ...areas) {
    return this.device('masks', { number: ++this.numbers.masks, generation, protection: 1, areas });
  }

  shown(generation = this.numbers.grants) {
    this.session.shown(generation);
    return this;
  }

  live(scopes = VIEW) {
    return this.welcome().grants().grants(0, ALL).grants(scopes, 0, 1).shown();
  }

  ticks(/** @type {number} */ n) {
    for (; n > 0; n--) {
      this.time += 500;
      this.session.tick();
    }
    return this;
  }

  /** @param {string} view @param {number} [why] */
  is(view, why = 0) {
    assert.deepEqual([this.session.view, this.session.why], [view, why]);
    return this;
  }

  /** The kinds that were sent since the last time. */
  took() {
    return this.sent.splice(0).map((message) => message.kind ?? message);
  }
}

/** A state in which a device takes this kind. */
function stateFor(/** @type {number} */ kind) {
  return kind === 1 ? 'opening' : kind === 3 ? 'greeted' : 'live';
}

test('session: opening', () => {
  const course = new Course().is('connecting');
  course.session.opened();
  assert.deepEqual(course.sent.splice(0), [{ kind: 'hello', version: 1, capabilities: [1, 2, 3, 4, 5, 6, 7], name: 'Ada' }]);
  course.device('welcome', { version: 1, capabilities: [1], session: '0123456789abcdef', device: 'kiosk', limits: [1, 2, 3, 4, 5, 6, 7] }).is('connecting');
  assert.deepEqual(course.took(), []);
  course.session.listens(); // only now
  assert.deepEqual(course.took(), ['begin', 'ready', 'request']);
  assert.equal(course.session.device, 'kiosk');
  course.is('asking').grants().is('asking').grants(0, VIEW).is('asking').grants(VIEW, 0, 1).is('opening').shown().is('live');
});

test('session: the picture may come before the grant', () => {
  new Course().welcome().shown(2).is('asking').grants().grants(VIEW, 0, 1).is('live');
});

test('session: refused, and asked again', () => {
  const course = new Course().welcome().grants().grants(0, VIEW).error(code.REFUSED).grants(0, 0, 1).is('refused', code.REFUSED);
  course.took();
  course.session.ask();
  assert.deepEqual(course.sent.splice(0), [{ kind: 'request', number: 2, scopes: ALL, reason: 'to help' }]);
  course.is('asking').grants(0, VIEW, 1).is('asking').grants(0, 0, 2).is('refused');
  course.session.ask();
  course.error(code.EXPIRED).is('refused', code.EXPIRED);
});

test('session: an error that is not about the request changes nothing', () => {
  new Course().live().error(code.FLOOD).is('live');
});

test('session: the user takes the view back, and gives it anew', () => {
  const course = new Course().live().grants(0, 0, 1).is('taken');
  assert.equal(course.session.consent.seen, false);
  course.session.ask();
  course.grants(VIEW, 0, 2).is('opening').shown(2).is('opening'); // a late picture of the first grant
  assert.equal(course.session.consent.seen, false);
  course.shown(5).is('live');
});

test('session: some of what was asked for is allowed, and more is asked for, one at a time', () => {
  const course = new Course().live(VIEW | INK);
  course.took();
  course.session.askFor(INK, 'held already');
  course.session.askFor(POINTER, 'the mouse');
  course.session.askFor(POINTER, 'too soon');
  assert.deepEqual(course.sent.splice(0), [{ kind: 'request', number: 2, scopes: POINTER, reason: 'the mouse' }]);
  assert.ok(course.session.consent.open);
  course.grants(VIEW | INK, POINTER, 1).grants(VIEW | INK, 0, 2).is('live');
  assert.deepEqual([course.session.consent.open, course.session.consent.denied], [false, POINTER]);
  course.session.askFor(POINTER, 'again');
  assert.equal(course.session.consent.denied, 0);
  assert.equal(course.session.consent.remark, '');
  course.device('error', { number: ++course.numbers.error, code: code.REFUSED, text: 'wait' });
  assert.deepEqual([course.session.consent.open, course.session.consent.denied, course.session.consent.remark], [false, POINTER, 'wait']);
  course.session.askFor(POINTER, 'once more');
  course.grants(VIEW | INK | POINTER, 0, 4);
  assert.deepEqual([course.session.consent.open, course.session.consent.denied], [false, 0]);
});

test('session: what was not allowed at the start is no refusal', () => {
  assert.equal(new Course().live().session.consent.denied, 0);
});

test('session: view taken back while more is asked for', () => {
  const course = new Course().live();
  course.session.askFor(INK, 'to draw');
  course.grants(0, INK, 1).is('taken');
  course.session.askFor(INK, 'nothing without view');
  assert.equal(course.session.consent.request, 2);
});

test('session: a hand that comes late is dropped', () => {
  const course = new Course().live(ALL).hand(1).hand(2);
  course.device('hand', { number: 1, why: 0 });
  assert.equal(course.session.consent.hand.why, 2);
});

test('session: areas are private in the picture that they are told of', () => {
  const course = new Course().welcome().masks(3, 1, 5, 6, 7, 8); // before the grant that it is of
  const areas = [{ why: 1, x: 5, y: 6, width: 7, height: 8 }];
  assert.deepEqual(course.session.areas, []);
  course.grants().grants(0, VIEW).grants(VIEW, 0, 1);
  assert.deepEqual(course.session.areas, []);
  course.shown(3);
  assert.deepEqual(course.session.areas, areas);
  course.grants(VIEW | INK, 0, 1).paused(1); // neither changes the picture
  assert.deepEqual(course.session.areas, areas);
  course.paused(0).shown(5);
  assert.deepEqual(course.session.areas, []);
  course.masks(5, 2, 0, 0, 9, 9);
  assert.equal(course.session.areas[0].why, 2);
  course.device('masks', { number: 1, generation: 5, protection: 0, areas: [] }); // it comes late
  assert.deepEqual([course.session.areas.length, course.session.masks.protection], [1, 1]);
  course.grants(0, 0, 1);
  assert.deepEqual(course.session.areas, []);
  course.session.leave();
  assert.deepEqual(course.session.areas, []);
});

test('session: ink is ours to show only if the device says so', () => {
  const welcome = { version: 1, session: '0123456789abcdef', device: '', limits: [1, 2, 3, 4, 5, 6, 7] };
  for (const [capabilities, apart] of /** @type {const} */ ([[[1, 2, 3], false], [[1, 4], true]])) {
    assert.equal(new Course().device('welcome', { ...welcome, capabilities: [...capabilities] }).session.inkApart, apart);
  }
});

test('session: paused, gone and back', () => {
  new Course().live().paused(1).is('paused').paused(2).is('gone').paused(0).is('live');
});

test('session: snapshots that come late are dropped', () => {
  const course = new Course().live();
  course.device('grants', { number: 1, generation: 9, scopes: 0, asked: 0, answered: 0 }).is('live');
  course.paused(1).paused(0);
  course.device('paused', { number: 1, why: 1 }).is('live');
  const cursor = { x: 1, y: 1, width: 0, height: 0, hotX: 0, hotY: 0, pixels: new Uint8Array(0) };
  course.device('cursor', { number: 2, ...cursor }).device('cursor', { number: 1, ...cursor });
  assert.equal(course.cursors, 1);
});

test('session: a cursor in parts', () => {
  const course = new Course().live();
  const whole = encode('cursor', { number: 1, x: 1, y: 1, width: 1, height: 1, hotX: 0, hotY: 0, pixels: Uint8Array.of(1, 2, 3) });
  course.device('part', { message: 1, index: 1, count: 2, bytes: whole.slice(9) });
  course.device('part', { message: 1, index: 0, count: 2, bytes: whole.slice(0, 9) });
  assert.equal(course.cursors, 1);
});

test('session: refresh, at most twice a second and only when live', () => {
  const course = new Course().welcome();
  course.took();
  course.session.refresh();
  course.grants(VIEW, 0, 1);
  course.session.refresh();
  course.session.refresh();
  course.time += 500;
  course.session.refresh();
  assert.deepEqual(course.sent.map(({ number }) => number), [1, 2]);
});

test('session: the device says bye', () => {
  const course = new Course().live();
  course.took();
  course.device('bye', { code: code.STOPPED, text: 'enough' }).is('ended', code.STOPPED);
  assert.deepEqual(course.session.ending, { code: code.STOPPED, ours: false, text: 'enough' });
  course.grants(VIEW).ticks(50).is('ended', code.STOPPED);
  course.session.leave();
  assert.deepEqual(course.took(), []);
  assert.equal(course.closed, 1);
});

test('session: the agent leaves', () => {
  const course = new Course().live();
  course.took();
  course.session.leave();
  course.is('ended', code.LEFT);
  assert.deepEqual(course.took(), ['bye']);
  assert.equal(course.closed, 1);
});

function tooManyAreas() {
  const areas = Array.from({ length: 65 }, () => [1, 0, 0, 1, 1]).flat();
  return write([12, new Map(Object.entries([1, 1, 0, areas]).map(([i, value]) => [Number(i) + 1, value]))]);
}

/** @type {{ [name: string]: { code: number, play: (course: Course) => void } }} */
const wrong = {
  'text': { code: code.FORM, play: (course) => course.session.receive('evt', 'text') },
  'an empty message': { code: code.FORM, play: (course) => course.session.receive('evt', new ArrayBuffer(0)) },
  'a message too long': { code: code.SIZE, play: (course) => course.session.receive('evt', new ArrayBuffer(65536)) },
  'grants on ping': { code: code.CHANNEL, play: (course) => course.device('grants', { number: 9, generation: 1, scopes: 0, asked: 0, answered: 0 }, 'ping') },
  'a hello to us': { code: code.CHANNEL, play: (course) => course.device('hello', { version: 1, capabilities: [], name: '' }) },
  'a second welcome': { code: code.STATE, play: (course) => course.welcome() },
  'an area too many': { code: code.RANGE, play: (course) => course.session.receive('evt', tooManyAreas().slice().buffer) },
  'a part twice': { code: code.DECODE, play: (course) => {
    for (let i = 0; i < 2; i++) course.device('part', { message: 1, index: 0, count: 2, bytes: Uint8Array.of(1) });
  } },
};
for (const [name, { code: reason, play }] of Object.entries(wrong)) {
  test(`session: ${name} ends it with a bye`, () => {
    const course = new Course().live();
    play(course);
    course.is('ended', reason);
    const { kind, code: said } = course.sent[course.sent.length - 1];
    assert.deepEqual([kind, said, course.session.ending.ours], ['bye', reason, true]);
  });
}

test('session: grants before ready end it', () => {
  const course = new Course();
  course.session.opened();
  course.grants().is('ended', code.STATE);
});

test('session: a welcome of another version, or with what nobody offered', () => {
  const welcome = { version: 1, capabilities: [1], session: '0123456789abcdef', device: '', limits: [1, 2, 3, 4, 5, 6, 7] };
  new Course().device('welcome', { ...welcome, version: 2 }).is('ended', code.VERSION);
  new Course().device('welcome', { ...welcome, capabilities: [99] }).is('ended', code.RANGE);
});

test('session: pings measure the round trip, and are answered', () => {
  const course = new Course().live();
  course.took();
  course.ticks(1);
  const [ping] = course.sent.splice(0);
  assert.deepEqual([ping.kind, ping.number, ping.reply], ['ping', 1, false]);
  course.time += 30;
  course.device('ping', { number: 1, reply: true, time: ping.time }, 'ping');
  assert.equal(course.session.pulse.roundTrip, 30);
  course.device('ping', { number: 7, reply: true, time: 0 }, 'ping'); // never asked
  assert.equal(course.session.pulse.roundTrip, 30);
  for (let i = 1; i < 20; i++) course.device('ping', { number: i, reply: false, time: i }, 'ping');
  assert.deepEqual(course.sent.map(({ reply, time }) => [reply, time]), [[true, 1], [true, 2], [true, 3], [true, 4]]);
});

test('session: silence for ten seconds is a lost connection, and one word is not', () => {
  const course = new Course().live().ticks(20).is('live').grants(VIEW, 0, 1).ticks(20).is('live').ticks(1).is('ended', code.LOST);
  assert.ok(!course.took().includes('bye'));
});

test('session: no welcome in fifteen seconds', () => {
  new Course().ticks(30).is('connecting').ticks(1).is('ended', code.TIMEOUT);
});

test('session: a closed channel is a lost connection, unless a bye explains it', () => {
  const lost = new Course().live();
  lost.session.disconnected();
  lost.is('live').ticks(1).is('ended', code.LOST);
  const never = new Course();
  never.session.disconnected();
  never.ticks(1).is('ended', code.TIMEOUT);
  const ended = new Course().live();
  ended.session.disconnected();
  ended.device('bye', { code: code.SHUTDOWN, text: '' }).ticks(1).is('ended', code.SHUTDOWN);
});

test('session: what the device sends is metered, and can be asked to be less', () => {
  const course = new Course().welcome();
  course.device('meter', { number: 2, cap: 0, bytes: 500 });
  course.device('meter', { number: 1, cap: 9000, bytes: 100 }); // it comes late
  assert.deepEqual(course.session.meter, { number: 2, cap: 0, bytes: 500 });
  course.sent.splice(0);
  course.session.limit(32000);
  course.session.limit(0);
  assert.deepEqual(course.sent.splice(0), [{ kind: 'rate', number: 1, most: 32000 }, { kind: 'rate', number: 2, most: 0 }]);
  course.session.leave();
  course.sent.splice(0);
  course.session.limit(1);
  assert.deepEqual(course.sent, []);
});
