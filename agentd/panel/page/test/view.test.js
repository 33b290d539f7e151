import assert from 'node:assert/strict';
import test from 'node:test';

import { view, viewWithout } from '../view.js';
import { words } from '../words.js';

/** A session that asks, changed as given. */
const asking = (change = {}) => ({
  id: 's1', name: 'Maria', state: 'asked', reason: '', requested: ['view'], granted: [],
  asked_since: '2001-09-09T01:46:40Z', asked_seconds: 2, frames: 0, bytes: 0, ...change,
});

/** A session that sees the screen. */
const seeing = (change = {}) => ({
  id: 's2', name: 'Jan', state: 'live', reason: '', requested: ['view'], granted: ['view'],
  since: '2001-09-09T01:46:40Z', asked_seconds: 0, frames: 9, bytes: 9, ...change,
});

/** A state with these sessions, changed as given. */
const state = (name, sessions = [], change = {}) => ({
  number: 1, state: name, name: 'kitchen', display: ':0', screen: 'ok', desk: { url: '', connected: true },
  code: '', code_age_seconds: 0, code_expires_in_seconds: 0, console: '', session: sessions[0] ?? null, sessions,
  privacy: { unknown: 'flat', protects: true, sentence: '' }, over: null,
  policy: { consent_delay_seconds: 5, control_delay_seconds: 5, answer_seconds: 30 }, ...change,
});

const moment = (change = {}) => ({ age: 0, shown: 0, now: 1e12 + 200_000, failed: '', ...change });

/** The buttons of a card as one word each, those that do nothing in brackets. */
const buttons = (card) => card.buttons.map((b) => (b.ready ? b.act : `(${b.act})`)).join(' ');

/** A sentence without the marks around its values. */
const bare = (sentence) => sentence.replace(/[\u2068\u2069]/g, '');

test('every state has its heading, its title and its buttons', () => {
  const paused = seeing({ state: 'paused' });
  const cases = [
    [state('idle'), 'Nobody can see your screen', 'ring'],
    [state('waiting'), 'Waiting for your helper', 'cancel'],
    [state('waiting', [], { code: 'AAAA-BBBB', code_expires_in_seconds: 9 }), 'Waiting for your helper', 'cancel again'],
    [state('asked', [asking()]), 'Maria asks to see your screen', '(allow) (refuse)'],
    [state('live', [seeing()]), 'Jan can see your screen', 'pause stop'],
    [state('live', [seeing(), seeing()]), '2 helpers can see your screen', 'pause stop'],
    [state('paused', [paused]), 'Paused: your screen is not being shown', 'resume stop'],
    [state('over'), 'Help has ended', 'ring'],
  ];
  for (const [given, heading, acts] of cases) {
    const shown = view(given, moment());
    assert.equal(bare(shown.cards[0].heading), heading);
    assert.equal(buttons(shown.cards[0]), acts, heading);
    assert.equal(shown.cards.length, 1, heading);
    assert.match(shown.title, /^Telestrator panel: /);
    assert.ok(!shown.title.includes('Maria'), 'no stranger writes into the title');
  }
});

test('a view without a state offers nothing to press', () => {
  for (const kind of ['start', 'lost', 'locked']) {
    const shown = viewWithout(kind);
    assert.match(shown.title, /^Telestrator panel/);
    assert.equal(shown.cards[0].buttons.length, 0);
    assert.equal(shown.say, shown.cards[0].heading);
  }
});

test('an answer has to wait until the request was on view for the delay', () => {
  const at = (shown) => view(state('asked', [asking()]), moment({ shown })).cards[0];
  assert.equal(buttons(at(4.999)), '(allow) (refuse)');
  assert.equal(bare(at(0).clock), 'Please read this first. You can answer in 5 s.');
  assert.equal(bare(at(4.2).clock), 'Please read this first. You can answer in 1 s.');
  assert.equal(buttons(at(5)), 'allow refuse');
});

test('the age of the request does not shorten the delay', () => {
  const card = view(state('asked', [asking({ asked_seconds: 20 })]), moment({ shown: 1 })).cards[0];
  assert.equal(buttons(card), '(allow) (refuse)');
});

test('time to answer runs down to nothing and not below', () => {
  const at = (age) => bare(view(state('asked', [asking()]), moment({ shown: 9, age })).cards[0].clock);
  assert.equal(at(0), 'No answer within 28 s means no.');
  assert.equal(at(10.5), 'No answer within 18 s means no.');
  assert.equal(at(99), 'No answer within 0 s means no.');
});

test('no delay is shown as what it is', () => {
  const policy = { consent_delay_seconds: 0, control_delay_seconds: 0, answer_seconds: 0 };
  const card = view(state('asked', [asking()], { policy }), moment()).cards[0];
  assert.equal(card.clock, words.asked.demo);
  assert.equal(buttons(card), 'allow refuse');
});

test('what this version cannot give is said, and view is needed for the rest', () => {
  const card = (requested) => view(state('asked', [asking({ requested })]), moment({ shown: 9 })).cards[0];
  assert.deepEqual(card(['view', 'pointer']).rights, [
    { icon: 'view', text: 'see your screen', note: '' },
    { icon: 'pointer', text: 'use your mouse', note: 'not possible in this version' },
  ]);
  assert.equal(buttons(card(['pointer'])), '(allow) refuse');
});

test('the request and the reason carry the name of the helper, isolated', () => {
  const { cards } = view(state('asked', [asking({ name: 'אבג', reason: 'דהו' })]), moment());
  assert.ok(cards[0].heading.startsWith('\u2068אבג\u2069'));
  assert.ok(cards[0].reason.includes('\u2068דהו\u2069'));
  assert.equal(cards[0].request, 's1');
  const nameless = view(state('asked', [asking({ name: '' })]), moment()).cards[0];
  assert.equal(bare(nameless.heading), 'Somebody without a name asks to see your screen');
});

test('braces in a name are only braces', () => {
  const { cards } = view(state('asked', [asking({ name: '{name}$&' })]), moment());
  assert.equal(bare(cards[0].heading), '{name}$& asks to see your screen');
});

test('who sees the screen already stays on view while somebody asks', () => {
  const shown = view(state('asked', [asking(), seeing()]), moment());
  assert.deepEqual(shown.cards.map((card) => card.kind), ['asked', 'live']);
  assert.equal(buttons(shown.cards[1]), 'pause stop');
  const held = view(state('asked', [asking(), seeing({ state: 'paused' })]), moment());
  assert.equal(buttons(held.cards[1]), 'resume stop');
  const more = view(state('asked', [asking({ granted: ['view'], requested: ['ink'] })]), moment());
  assert.equal(buttons(more.cards[1]), 'pause stop', 'who asks for more can be paused and ended');
});

test('a live card says who, since when, and what can be done', () => {
  const card = view(state('live', [seeing({ granted: ['view', 'ink'] })]), moment()).cards[0];
  assert.equal(card.people[0].name, 'Jan');
  assert.match(bare(card.people[0].since), /^since .*, for 3 minutes$/);
  assert.deepEqual(card.rights.map((r) => r.icon), ['yes', 'yes', 'no', 'no']);
});

test('a screen that is gone is not the same as paused', () => {
  const gone = view(state('live', [seeing({ state: 'paused' })], { screen: 'gone' }), moment()).cards[0];
  assert.equal(gone.kind, 'live');
  assert.deepEqual(gone.warnings, [words.notices.gone]);
});

test('a code runs out', () => {
  const given = state('waiting', [], { code: 'AAAA-BBBB', code_age_seconds: 100, code_expires_in_seconds: 500, console: 'http://desk/#A' });
  const fresh = view(given, moment()).cards[0];
  assert.equal(bare(fresh.code.left), 'Works once, for 8:20 more');
  assert.equal(fresh.code.share, 500 / 600);
  assert.equal(fresh.address, 'http://desk/#A');
  const stale = view(given, moment({ age: 500 })).cards[0];
  assert.equal(stale.code, null);
  assert.deepEqual(stale.lead, [words.waiting.expired, words.waiting.unseen]);
  assert.equal(buttons(stale), 'again cancel');
});

test('how it ended is told in the words of the daemon', () => {
  const over = { code: 1, reason: 'You ended the help.', name: 'Jan' };
  const card = view(state('over', [], { over }), moment()).cards[0];
  assert.deepEqual(card.lead.map(bare), ['Nobody can see your screen.', 'You ended the help.', 'Your helper was Jan.']);
});

test('warnings are there while their reason is', () => {
  const open = { unknown: 'allow', protects: false, sentence: '' };
  const warnings = (given) => view(given, moment()).cards.map((card) => card.warnings.length);
  assert.deepEqual(warnings(state('live', [seeing()])), [0]);
  assert.deepEqual(warnings(state('live', [seeing()], { privacy: open })), [1]);
  assert.deepEqual(warnings(state('live', [seeing()], { privacy: open, screen: 'gone' })), [2]);
  assert.deepEqual(warnings(state('idle', [], { desk: { url: '', connected: false } })), [1]);
  assert.deepEqual(warnings(state('asked', [asking(), seeing()], { privacy: open })), [1, 0]);
  const own = view(state('asked', [asking()], { privacy: { ...open, sentence: 'Only windows are hidden.' } }), moment());
  assert.equal(own.cards[0].warnings[0], `Only windows are hidden. ${words.notices.privacyAdvice}`);
  const flat = view(state('asked', [asking()], { privacy: { unknown: 'flat', protects: false, sentence: 'All is hidden.' } }), moment());
  assert.equal(flat.cards[0].warnings[0], 'All is hidden.');
  assert.match(view(state('asked', [asking()], { privacy: open }), moment()).cards[0].warnings[0], /does not hide password fields yet\./);
});

test('what did not work is said first and read aloud', () => {
  const shown = view(state('idle'), moment({ failed: 'The desk does not answer.' }));
  assert.equal(shown.cards[0].warnings[0], 'The desk does not answer.');
  assert.match(shown.say, /The desk does not answer\./);
});

test('that an answer is possible now is read aloud', () => {
  const say = (shown) => view(state('asked', [asking()]), moment({ shown })).say;
  assert.ok(!say(4).includes(words.asked.now));
  assert.ok(say(5).includes(words.asked.now));
});
