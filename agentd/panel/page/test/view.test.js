import assert from 'node:assert/strict';
import test from 'node:test';

import { preset } from '../choice.js';
import { view, viewWithout } from '../view.js';
import { words } from '../words.js';

/** Counts of somebody who did nothing. */
const none = { injected: { pointer: 0, button: 0, wheel: 0, key: 0, text: 0 }, refused: 0, strokes: 0, hand: false, field: '' };

/** A session that asks, changed as given. */
const asking = (change = {}) => ({
  id: 's1', name: 'Maria', state: 'asked', reason: '', requested: ['view'], granted: [],
  asked_since: '2001-09-09T01:46:40Z', asked_seconds: 2, frames: 0, bytes: 0, ...none, ...change,
});

/** A session that sees the screen. */
const seeing = (change = {}) => ({
  id: 's2', name: 'Jan', state: 'live', reason: '', requested: ['view'], granted: ['view'],
  since: '2001-09-09T01:46:40Z', asked_seconds: 0, frames: 9, bytes: 9, ...none, ...change,
});

/** A state with these sessions, changed as given. */
const state = (name, sessions = [], change = {}) => ({
  number: 1, state: name, name: 'kitchen', display: ':0', screen: 'ok', desk: { url: '', connected: true },
  code: '', code_age_seconds: 0, code_expires_in_seconds: 0, console: '', session: sessions[0] ?? null, sessions,
  privacy: { unknown: 'flat', mode: 'rules', protects: true, sentence: '', windows: [] }, over: null,
  policy: { consent_delay_seconds: 5, control_delay_seconds: 5, answer_seconds: 30 }, ...change,
});

const moment = (change = {}) => ({ age: 0, shown: 0, now: 1e12 + 200_000, failed: '', chosen: new Set(['view']),
  looking: false, hidden: null, listed: 9, offered: 9, ...change });

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
    const others = given.sessions.some((s) => s.granted.length > 0) ? ['sight'] : [];
    assert.deepEqual(shown.cards.slice(1).map((c) => c.kind), others, heading);
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

/** The card of a request for these scopes, with what is chosen, at a moment. */
const request = (requested, chosen, change = {}, policy = { consent_delay_seconds: 1, control_delay_seconds: 5, answer_seconds: 30 }) => {
  const session = asking({ requested, ...change.session });
  return view(state('asked', [session], { policy }), moment({ shown: 9, chosen: new Set(chosen ?? preset(session)), ...change.moment })).cards[0];
};

/** The switches of a card as one word each: + on, - off, in brackets what cannot be turned. */
const switches = (card) => card.groups.map((g) => g.choices.map((c) => {
  const word = `${c.on ? '+' : '-'}${c.scope}`;
  return c.ready ? word : `(${word})`;
}).join(' ')).join(' | ');

const all = ['view', 'ink', 'pointer', 'keyboard'];

test('each scope has a switch; control has its own group, and is off until it is turned on', () => {
  const card = request(all);
  assert.equal(switches(card), '+view +ink | -pointer -keyboard');
  assert.deepEqual(card.groups.map((g) => g.title), [words.asked.list, words.asked.control]);
  assert.deepEqual(card.groups.flatMap((g) => g.choices.map((c) => c.text)), ['see your screen', 'draw on your screen', 'use your mouse', 'use your keyboard']);
  assert.equal(buttons(card), 'allow refuse');
  assert.equal(switches(request(['view'])), '+view');
  assert.equal(switches(request(['view', 'keyboard'])), '+view | -keyboard');
});

test('without view nothing else can be turned on, and nothing allowed', () => {
  const card = request(all, []);
  assert.equal(switches(card), '-view (-ink) | (-pointer) (-keyboard)');
  assert.equal(card.groups[0].choices[1].note, words.asked.needsView);
  assert.equal(buttons(card), '(allow) refuse');
  assert.ok(card.clock.startsWith(words.asked.nothing));
  const alone = request(['pointer']);
  assert.equal(switches(alone), '(-pointer)');
  assert.equal(buttons(alone), '(allow) refuse');
});

test('control cannot be turned on before its delay, whatever else can', () => {
  const at = (shown, chosen) => request(all, chosen, { moment: { shown } });
  assert.equal(switches(at(4.999)), '+view +ink | (-pointer) (-keyboard)');
  assert.equal(bare(at(3.5).groups[1].choices[0].note), 'can be turned on in 2 s');
  assert.equal(buttons(at(4.999)), 'allow refuse', 'viewing can be allowed meanwhile');
  assert.equal(switches(at(5)), '+view +ink | -pointer -keyboard');
  assert.equal(at(5).groups[1].choices[0].note, words.asked.staysOff);
  assert.equal(at(5, ['view', 'pointer']).groups[1].choices[0].note, words.asked.turnedOn);
});

test('control that was turned on waits too, when the page was away', () => {
  const card = request(all, ['view', 'pointer'], { moment: { shown: 2 } });
  assert.equal(buttons(card), '(allow) refuse');
  assert.equal(switches(card), '+view -ink | +pointer (-keyboard)', 'it can still be turned off');
});

test('the longer of both delays holds for control', () => {
  const policy = { consent_delay_seconds: 8, control_delay_seconds: 5, answer_seconds: 30 };
  assert.equal(switches(request(all, undefined, { moment: { shown: 7.9 } }, policy)), '+view +ink | (-pointer) (-keyboard)');
});

test('the button keeps its words while switches are turned', () => {
  const label = (requested, chosen) => request(requested, chosen).buttons[0].text;
  assert.equal(label(['view'], ['view']), 'Allow viewing');
  assert.equal(label(['view'], []), 'Allow viewing');
  assert.equal(label(['view', 'ink'], ['view']), 'Allow');
  assert.equal(label(['view', 'ink'], []), 'Allow');
});

test('a request for more names what is new, and offers nothing that is held', () => {
  const card = (requested, granted) => request(requested, undefined, { session: { granted } });
  const control = card(['pointer', 'keyboard'], ['view', 'ink']);
  assert.equal(bare(control.heading), 'Maria asks to use your mouse and keyboard');
  assert.equal(switches(control), '-pointer -keyboard');
  assert.deepEqual(control.lead, [words.asked.unchecked, words.asked.asBefore]);
  assert.equal(buttons(control), '(allow) refuse', 'nothing is turned on');
  assert.equal(bare(card(['ink'], ['view']).heading), 'Maria asks to draw on your screen');
  assert.equal(bare(card(['ink', 'keyboard'], ['view']).heading), 'Maria asks to draw on your screen and use your keyboard');
  assert.equal(switches(card(['view', 'ink'], ['view'])), '+ink');
});

test('two requests of one helper are two cards', () => {
  const key = (asked_since) => request(['view'], undefined, { session: { asked_since } }).key;
  assert.notEqual(key('2001-09-09T01:46:40Z'), key('2001-09-09T01:46:41Z'));
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
  assert.deepEqual(shown.cards.map((card) => card.kind), ['asked', 'live', 'sight']);
  assert.equal(buttons(shown.cards[1]), 'pause stop');
  const held = view(state('asked', [asking(), seeing({ state: 'paused' })]), moment());
  assert.equal(buttons(held.cards[1]), 'resume stop');
  const more = view(state('asked', [asking({ granted: ['view'], requested: ['ink'] })]), moment());
  assert.equal(buttons(more.cards[1]), 'pause stop', 'who asks for more can be paused and ended');
});

test('a live card says who, since when, and what can be done', () => {
  const card = view(state('live', [seeing({ granted: ['view', 'ink'] })]), moment()).cards[0];
  assert.equal(card.people[0].name, 'Jan');
  assert.match(bare(card.people[0].story), /^Since [^·]* · for 3 minutes$/);
  assert.deepEqual(card.rights.map((r) => r.held), [true, true, false, false]);
  assert.equal(card.foot, '');
});

test('what was done is one line, and only what was done', () => {
  const story = (change) => bare(view(state('live', [seeing(change)]), moment()).cards[0].people[0].story).replace(/^.*for 3 minutes/, '');
  const injected = (change) => ({ injected: { ...none.injected, ...change } });
  assert.equal(story({}), '');
  assert.equal(story({ strokes: 3, ...injected({ pointer: 800, button: 12, key: 40 }) }), ' · drew 3 strokes · moved the mouse · 12 clicks · 40 keys');
  assert.equal(story({ strokes: 1, refused: 1, ...injected({ button: 1, wheel: 5, key: 1, text: 1 }) }),
    ' · drew 1 stroke · 1 click · scrolled · 1 key · 1 text · 1 not carried out');
  assert.equal(story({ refused: 7, ...injected({ text: 2 }) }), ' · 2 texts · 7 not carried out');
});

test('who can act is in the heading', () => {
  const heading = (...granted) => bare(view(state('live', [seeing({ granted })]), moment()).cards[0].heading);
  assert.equal(heading('view', 'ink'), 'Jan can see your screen');
  assert.equal(heading('view', 'pointer'), 'Jan can see your screen and use your mouse');
  assert.equal(heading('view', 'keyboard'), 'Jan can see your screen and use your keyboard');
  assert.equal(heading(...all), 'Jan can see your screen and use your mouse and keyboard');
});

test('of several helpers each has what it may do', () => {
  const { people, rights } = view(state('live', [seeing({ granted: ['view', 'pointer'] }), seeing({ name: 'Maria' })]), moment()).cards[0];
  assert.match(bare(people[0].story), / · can see, use the mouse$/);
  assert.match(bare(people[1].story), / · can see$/);
  assert.deepEqual(rights.map((r) => r.held), [true, false, true, false]);
});

test('everything goes with view, and a paused card offers to take back too', () => {
  const right = (granted, change) => view(state(change ?? 'live', [seeing({ granted, state: change ?? 'live' })]), moment()).cards[0].rights[0];
  assert.equal(right(['view']).note, '');
  assert.equal(right(['view', 'ink']).note, words.live.all);
  assert.ok(right(['view'], 'paused').held);
});

test('whose hand moves the mouse is said while both can', () => {
  const foot = (change, name = 'live') => view(state(name, [seeing({ state: name, ...change })]), moment()).cards[0].foot;
  assert.equal(foot({ granted: ['view'], hand: true }), '');
  assert.equal(foot({ granted: ['view', 'pointer'] }), words.live.yours);
  assert.equal(foot({ granted: ['view', 'keyboard'], hand: true }), words.live.hand);
  assert.equal(foot({ granted: ['view', 'keyboard'], hand: true }, 'paused'), '');
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
  const open = { unknown: 'allow', protects: false, sentence: '', windows: [] };
  const warnings = (given) => view(given, moment()).cards.filter((c) => c.kind !== 'sight').map((card) => card.warnings.length);
  assert.deepEqual(warnings(state('live', [seeing()])), [0]);
  assert.deepEqual(warnings(state('live', [seeing()], { privacy: open })), [1]);
  assert.deepEqual(warnings(state('live', [seeing()], { privacy: open, screen: 'gone' })), [2]);
  assert.deepEqual(warnings(state('idle', [], { desk: { url: '', connected: false } })), [1]);
  assert.deepEqual(warnings(state('asked', [asking(), seeing()], { privacy: open })), [1, 0]);
  const own = view(state('asked', [asking()], { privacy: { ...open, sentence: 'Only windows are hidden.' } }), moment());
  assert.equal(own.cards[0].warnings[0], `Only windows are hidden. ${words.notices.privacyAdvice}`);
  const flat = view(state('asked', [asking()], { privacy: { unknown: 'flat', protects: false, sentence: 'All is hidden.', windows: [] } }), moment());
  assert.equal(flat.cards[0].warnings[0], 'All is hidden.');
  assert.match(view(state('asked', [asking()], { privacy: open }), moment()).cards[0].warnings[0], /Password fields are not hidden\./);
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

test('that a session is recorded is said before it is allowed and while it lasts, and why it is not any more', () => {
  const leads = (name, ...sessions) => view(state(name, sessions), moment()).cards[0].lead;
  assert.ok(leads('asked', asking({ recording: 'on' })).includes(words.asked.recorded));
  assert.ok(!leads('asked', asking({ recording: '' })).includes(words.asked.recorded));
  assert.deepEqual(leads('live', seeing({ recording: '' })), []);
  assert.deepEqual(leads('live', seeing({ recording: 'on' })), [words.recording.on]);
  assert.deepEqual(leads('live', seeing({ recording: 'full' }), seeing({ recording: 'on' }), seeing({ recording: 'on' })),
    [words.recording.on, words.recording.full]);
  assert.deepEqual(leads('paused', seeing({ state: 'paused', recording: 'failed' })), [words.paused.lead, words.recording.failed]);
});
