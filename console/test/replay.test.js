import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { decode } from '../protocol/messages.js';
import { Player } from '../replay/player.js';
import { Recording, RecordingError, survey } from '../replay/recording.js';
import { Stage } from '../replay/stage.js';
import { Screen } from '../screen.js';
import { Picture } from '../update.js';
import { StreamInflater } from '../decoders/inflate.js';
import { catalogues } from '../words.js';
import { settled, TestClock } from '../testing/helpers.js';

const file = readFileSync(new URL('../../protocol/testdata/recordings/demo.rec', import.meta.url));
const html = readFileSync(new URL('../replay.html', import.meta.url), 'utf8');
const HEADER = [0x74, 0x73, 0x72, 0x65, 0x63, 0, 0, 1];

/** A worker in the same thread, with the screen that the real one has. */
class Thread {
  constructor() {
    /** @type {any} */
    this.onmessage = null;
    this.frames = 0;
    this.terminated = false;
    const tell = (/** @type {unknown} */ data) => queueMicrotask(() => this.onmessage?.({ data }));
    this.screen = new Screen(new Picture({ inflater: () => new StreamInflater(), jpeg: async () => { throw new Error('none'); } }), {
      send: (data) => tell({ type: 'send', data }),
      show: (frame) => tell({ type: 'frame', frame }),
      fail: (code, text) => tell({ type: 'failed', code, text }),
      now: () => 0,
    });
    tell({ type: 'listening' });
  }

  /** @param {any} message */
  postMessage(message) {
    if (message.type === 'data') this.screen.receive(message.data);
    if (message.type === 'ready') this.screen.begin();
    if (message.type === 'painted') this.screen.painted(message.pixels);
  }

  terminate() { this.terminated = true; }
}

const records = async (/** @type {Blob} */ blob) => {
  const all = [], recording = new Recording(blob);
  for (let entry = await recording.next(); entry; entry = await recording.next()) all.push({ ...entry, bytes: entry.bytes.slice() });
  return all;
};

test('replay: every text of the page is in the catalogue, and the other way round', () => {
  const used = [...html.matchAll(/data-(?:word|hint|label)="(\w+)"/g)].map(([, word]) => word);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(catalogues.en.replay.page).sort());
});

test('replay: the sample recording is read as it was written', async () => {
  const all = await records(new Blob([file]));
  assert.equal(all.length, readFileSync(new URL('../../protocol/testdata/recordings/demo.txt', import.meta.url), 'utf8').trim().split('\n').length);
  const [hello, welcome] = all;
  assert.equal(hello.direction, 'c>d');
  assert.equal(hello.channel, 'ctl');
  const { message } = decode(welcome.bytes, { direction: 'd>c', channel: 'evt', state: 'opening' });
  assert.equal(message.kind === 'welcome' && message.device, 'Demo tablet');
  assert.deepEqual(await survey(new Blob([file])), { duration: all.at(-1)?.time, broken: null });
});

test('replay: a broken file says where, and what came before is played', async () => {
  const whole = await records(new Blob([file]));
  const cut = await survey(new Blob([file.subarray(0, file.length - 1)]));
  assert.ok(cut.broken instanceof RecordingError);
  assert.equal(cut.duration, whole.at(-2)?.time);
  const good = [0, 0, 0, 8, 0xa4, 1, 5, 2, 0, 3, 0, 4, 0x40].slice(0, 12);
  good[3] = 9;
  good.push(0x40);
  for (const more of [
    [0, 0, 0], [0, 1, 0, 64], [0, 0, 0, 0], [0, 0, 0, 9, 0xa4, 1, 4, 2, 0, 3, 0, 4, 0x40], [0, 0, 0, 9, 0xa4, 1, 5, 2, 7, 3, 0, 4, 0x40],
    [0, 0, 0, 9, 0xa4, 1, 5, 2, 0, 3, 2, 4, 0x40], [0, 0, 0, 7, 0xa3, 1, 5, 2, 0, 3, 0], [0, 0, 0, 10, 0xa4, 1, 0x18, 5, 2, 0, 3, 0, 4, 0x40],
    [255, 255, 255, 255],
  ]) {
    const { broken, duration } = await survey(new Blob([Uint8Array.from([...HEADER, ...good, ...more])]));
    assert.equal(broken?.offset, HEADER.length + good.length, String(more));
    assert.equal(duration, 5);
  }
  for (const none of [[], HEADER.slice(1), [...HEADER.slice(0, 7), 2]]) {
    assert.ok((await survey(new Blob([Uint8Array.from(none)]))).broken);
  }
});

/**
 * A stage for the sample, and what it paints.
 * @param {TestClock} clock
 */
function staged(clock) {
  const thread = new Thread();
  const painted = { frames: 0, changed: 0, cursors: 0 };
  const stage = new Stage(thread, {
    paint: () => { painted.frames++; }, cursor: () => { painted.cursors++; }, changed: () => { painted.changed++; },
  }, clock);
  return { stage, thread, painted };
}

test('replay: a console\'s recording and a device\'s are checked and shown like a call', async () => {
  const all = await records(new Blob([file]));
  const grant = all.findIndex(({ channel, bytes }) => channel === 'evt' && bytes[1] === 5 && bytes[8] === 1 && bytes[6] === 2);
  for (const some of [all, all.slice(grant)]) {
    const { stage, painted } = staged(new TestClock());
    for (const entry of some) await stage.take(entry);
    await settled();
    assert.equal(stage.session.view, 'live');
    assert.equal(painted.frames, 5);
    assert.equal(painted.cursors, 2);
    assert.equal(stage.session.areas.length, 1);
    stage.close();
  }
});

test('replay: what no device may send ends it with the code, and nothing after it is taken', async () => {
  const all = await records(new Blob([file]));
  const { stage, painted } = staged(new TestClock());
  for (const entry of all.slice(0, 5)) await stage.take(entry);
  await stage.take({ time: 0, channel: 'evt', direction: 'd>c', bytes: Uint8Array.of(0x82, 5, 0xa0) });
  assert.equal(stage.session.view, 'ended');
  assert.equal(stage.session.ending.code, 16);
  for (const entry of all.slice(5)) await stage.take(entry);
  assert.equal(painted.cursors, 0);
});

test('replay: a recording without the pictures that it says were shown ends', async () => {
  const all = await records(new Blob([file]));
  const clock = new TestClock();
  const { stage } = staged(clock);
  const ack = all.find(({ channel, direction }) => channel === 'screen' && direction === 'c>d');
  if (!ack) throw new Error('the sample has no ack');
  const waits = stage.take(ack);
  await settled();
  clock.turn(20_000);
  await waits;
  assert.equal(stage.session.view, 'ended');
});

/** A player of a few records, and what was given. */
function playing() {
  const clock = new TestClock();
  /** @type {{ given: number[], stages: number, closed: number, changed: number, failed: number }} */
  const log = { given: [], stages: 0, closed: 0, changed: 0, failed: 0 };
  /** @type {import('../replay/recording.js').Entry[]} */
  const times = [0, 1, 2, 3].map((second) => ({ time: 1e6 * second, channel: 'evt', direction: 'd>c', bytes: new Uint8Array(0) }));
  const player = new Player({
    open: () => { const left = [...times]; return { next: async () => left.shift() ?? null }; },
    stage: () => { log.stages++; return { take: async ({ time }) => { log.given.push(time / 1e6); }, close: () => { log.closed++; } }; },
    changed: () => { log.changed++; }, fail: () => { log.failed++; },
  }, clock, 3e6);
  return { player, clock, log, turn: async (/** @type {number} */ ms) => { clock.turn(ms); for (let i = 0; i < 20; i++) await settled(); } };
}

test('replay: records come when their time has come, faster when that is wanted, and not while it rests', async () => {
  const { player, log, turn } = playing();
  player.play();
  await turn(0);
  assert.deepEqual(log.given, [0]);
  await turn(999);
  assert.deepEqual(log.given, [0]);
  await turn(1);
  assert.deepEqual(log.given, [0, 1]);
  player.pause();
  await turn(5000);
  assert.deepEqual(log.given, [0, 1]);
  assert.equal(player.time, 1e6);
  player.setSpeed(2);
  player.play();
  await turn(500);
  assert.deepEqual(log.given, [0, 1, 2]);
  await turn(500);
  assert.deepEqual(log.given, [0, 1, 2, 3]);
  assert.equal(player.playing, false);
  assert.equal(player.time, 3e6);
});

test('replay: it goes forward in a hurry, back by beginning anew, and again from the end', async () => {
  const { player, log, turn } = playing();
  player.seek(2.5e6);
  await turn(0);
  assert.deepEqual(log.given, [0, 1, 2]);
  assert.equal(player.playing, false);
  player.seek(1.5e6);
  await turn(0);
  assert.deepEqual(log.given, [0, 1, 2, 0, 1]);
  assert.equal(log.stages, 2);
  assert.equal(log.closed, 1);
  player.seek(9e9);
  await turn(0);
  assert.equal(player.time, 3e6);
  player.play();
  await turn(0);
  assert.equal(player.playing, true);
  assert.deepEqual(log.given.slice(-2), [3, 0]);
  player.seek(-1);
  player.seek(-1);
  await turn(0);
  assert.equal(log.given.at(-1), 0);
  player.close();
  const { length } = log.given;
  player.play();
  await turn(9000);
  assert.equal(log.given.length, length);
});
