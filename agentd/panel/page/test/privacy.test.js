import assert from 'node:assert/strict';
import test from 'node:test';

import { sight } from '../sight.js';
import { view } from '../view.js';
import { windows } from '../windows.js';
import { words } from '../words.js';

const bare = (sentence) => sentence.replace(/[\u2068\u2069]/g, '');

const window = (state, change = {}) => ({ id: 1, title: 'Letter', program: '/usr/bin/xterm', toolkit: '', state, why: '', secrets: 0, ...change });

/** A state with these windows. */
const state = (list, unknown = 'ask', change = {}) => ({
  state: 'live', screen: 'ok', sessions: [], policy: { consent_delay_seconds: 1 },
  privacy: { unknown, mode: 'rules', protects: true, sentence: 'What is hidden.', windows: list }, ...change,
});

const moment = (change = {}) => ({ looking: true, hidden: null, listed: 9, offered: 9, ...change });

test('of each window it is said what a helper gets', () => {
  const cases = [
    ['vouched', 'flat', 'all', 'all of it'],
    ['shown', 'flat', 'all', 'all of it'],
    ['guarded', 'flat', 'some', 'all but 3 hidden fields'],
    ['new', 'allow', 'none', 'nothing new yet: it is being checked'],
    ['refused', 'allow', 'none', 'nothing: it is hidden'],
    ['hidden', 'allow', 'none', 'nothing: it is hidden'],
    ['unsure', 'flat', 'none', 'nothing: it is hidden'],
    ['unsure', 'allow', 'all', 'all of it'],
    ['unsure', 'ask', 'none', 'nothing until you show it: it cannot be checked'],
    ['a word of a later version', 'allow', 'none', 'nothing: it is hidden'],
  ];
  for (const [name, unknown, gets, text] of cases) {
    const [line] = windows(state([window(name, { secrets: 3 })], unknown), moment()).windows;
    assert.equal(line.gets, gets, `${name} ${unknown}`);
    assert.equal(bare(line.text), text, `${name} ${unknown}`);
    assert.equal(line.asks, name === 'unsure' && unknown === 'ask', name);
  }
});

test('a window is told by its title and its program', () => {
  const list = [window('vouched', { title: '', toolkit: 'GTK 3', why: 'Because.' }), window('vouched', { program: 'XTerm' }), window('vouched', { program: '' })];
  const lines = windows(state(list), moment()).windows;
  assert.deepEqual(lines.map((l) => [l.title, l.program, l.why]), [
    [words.windows.untitled, 'xterm · GTK 3', 'Because.'], ['Letter', 'XTerm', ''], ['Letter', '', ''],
  ]);
});

test('a window can be shown once it was listed for the delay', () => {
  const at = (listed) => windows(state([window('unsure')]), moment({ listed })).windows[0].ready;
  assert.equal(at(0.999), false);
  assert.equal(at(1), true);
});

test('the summary counts, and says what waits for the user', () => {
  const sum = (...list) => bare(windows(state(list.map((s) => window(s))), moment()).summary);
  assert.equal(sum('vouched'), '1 window');
  assert.equal(sum('vouched', 'guarded', 'hidden'), '3 windows · 1 hidden');
  assert.equal(sum('unsure', 'unsure', 'vouched'), '3 windows · 2 hidden · 2 wait for your word');
  assert.equal(sum('unsure'), '1 window · 1 hidden · 1 waits for your word');
});

const sees = (change = {}) => ({ id: 's1', name: 'Maria', state: 'live', granted: ['view'], requested: ['view'], field: '', ...change });

test('what helpers see is closed until the user looks', () => {
  const shown = sight(state([]), [sees()], moment({ looking: false }));
  assert.equal(bare(shown.heading), 'What Maria sees');
  assert.deepEqual([shown.sight, shown.buttons[0].act, shown.buttons[0].text], [null, 'look', words.buttons.look]);
  assert.equal(sight(state([]), [sees(), sees()], moment()).heading, words.sight.headings);
  assert.equal(sight(state([]), [sees()], moment()).buttons[0].text, words.buttons.close);
});

test('a picture that stands still says so', () => {
  const of = (change, session, hidden) => {
    const card = sight(state([], 'ask', change), [sees(session)], moment({ hidden }));
    return [card.sight.band, card.clock];
  };
  assert.deepEqual(of({}, {}, null), ['', words.sight.wait]);
  assert.deepEqual(of({}, {}, 0), ['', words.sight.live]);
  assert.deepEqual(of({ state: 'paused' }, { state: 'paused' }, 0), [words.sight.paused, words.sight.last]);
  assert.deepEqual(of({ state: 'paused' }, { state: 'paused' }, null), [words.sight.paused, words.sight.none]);
  assert.deepEqual(of({ screen: 'gone' }, { state: 'paused' }, 0), [words.sight.gone, words.sight.last]);
});

test('the picture is read aloud by what it hides', () => {
  const label = (hidden) => bare(sight(state([]), [sees()], moment({ hidden })).sight.label);
  assert.deepEqual([label(null), label(0), label(1), label(2)], [
    words.sight.picture, words.sight.picture, `${words.sight.picture} 1 area in it is hidden.`, `${words.sight.picture} 2 areas in it are hidden.`,
  ]);
});

test('a hidden field that was tried is offered, after the delay, and read aloud', () => {
  const trying = sees({ field: 'PIN', injected: { pointer: 0, button: 0, wheel: 0, key: 0, text: 0 }, strokes: 0, refused: 0 });
  const given = { ...state([]), name: '', sessions: [trying], session: trying, desk: { connected: true } };
  const at = (offered) => view(given, { ...moment({ offered }), now: 0, age: 0, shown: 0, failed: '', chosen: new Set() });
  const [card] = at(1).cards;
  assert.deepEqual(card.offers.map((o) => [o.session, o.field, o.ready, bare(o.text)]), [['s1', 'PIN', true, 'Maria tried to type into a hidden field. You can allow it, for this field alone.']]);
  assert.equal(at(0.9).cards[0].offers[0].ready, false);
  assert.match(bare(at(1).say), /tried to type into a hidden field/);
});

test('windows are listed while somebody sees the screen: what is known of them is as old as the last picture', () => {
  const given = { ...state([window('vouched')]), state: 'idle', name: '', session: null, desk: { connected: true } };
  const kinds = (change) => view({ ...given, ...change }, { ...moment(), now: 0, age: 0, shown: 0, failed: '', chosen: new Set() }).cards.map((c) => c.kind);
  assert.deepEqual(kinds({}), ['idle']);
  const live = sees({ injected: { pointer: 0, button: 0, wheel: 0, key: 0, text: 0 }, strokes: 0, refused: 0 });
  assert.deepEqual(kinds({ state: 'live', sessions: [live], session: live }), ['live', 'sight', 'windows']);
});
