import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Chord } from '../input/chord.js';
import { Held } from '../input/held.js';
import { Keyboard } from '../input/keyboard.js';
import { codeOf, wayOf } from '../input/keys.js';
import { BYTES, MAX_PASTE, pieces, typable, Typist } from '../input/typist.js';
import { MAX_TYPED } from '../protocol/limits.js';
import { byteLength } from '../protocol/ranges.js';
import { randomFrom, TestClock, Wire } from '../testing/helpers.js';

/**
 * A key event: modifiers as letters c, a, s, m, g for AltGr, r for a repeat.
 * @param {string} code
 * @param {string} key
 * @param {string} [with_]
 * @returns {import('../input/keys.js').Stroke}
 */
function stroke(code, key, with_ = '') {
  const has = (/** @type {string} */ letter) => with_.includes(letter);
  return {
    code, key, ctrlKey: has('c'), altKey: has('a'), shiftKey: has('s'), metaKey: has('m'), repeat: has('r'),
    isComposing: has('i'), getModifierState: (name) => name === 'AltGraph' && has('g'),
  };
}

/** @param {boolean} [mac] */
function playing(mac = false) {
  const clock = new TestClock(), wire = new Wire();
  let changes = 0;
  const held = new Held(wire.input, clock);
  const typist = new Typist(wire.input, held, clock, () => { changes++; });
  return { clock, wire, held, typist, keyboard: new Keyboard(typist, held, mac), changes: () => changes };
}

/**
 * What was sent, short: +code, -code, or the text.
 * @param {Wire} wire
 */
const short = (wire) => wire.took().map(({ kind, code, down, text }) => (kind === 'text' ? text : (down ? '+' : '-') + code));

/** @type {[string, import('../input/keys.js').Stroke, import('../input/keys.js').Way, string?][]} and the one on a Mac, if it differs */
const ways = [
  ['a letter', stroke('KeyA', 'a'), 'text'],
  ['a capital', stroke('KeyA', 'A', 's'), 'text'],
  ['a letter that repeats', stroke('KeyA', 'a', 'r'), 'text'],
  ['another script', stroke('KeyA', 'ф'), 'text'],
  ['outside the basic plane', stroke('KeyA', '😀'), 'text'],
  ['space', stroke('Space', ' '), 'text'],
  ['a dead key', stroke('BracketLeft', 'Dead'), 'text'],
  ['an input method', stroke('KeyA', 'Process'), 'text'],
  ['in the middle of composing', stroke('Enter', 'Enter', 'i'), 'text'],
  ['a keyboard on glass', stroke('', 'Unidentified'), 'text'],
  ['AltGr as Windows has it', stroke('KeyQ', '@', 'cag'), 'text'],
  ['AltGr as Linux has it', stroke('KeyQ', '@', 'g'), 'text'],
  ['a digit of the pad', stroke('Numpad7', '7'), 'text'],
  ['Enter', stroke('Enter', 'Enter'), 'key'],
  ['Tab', stroke('Tab', 'Tab', 's'), 'key'],
  ['Backspace', stroke('Backspace', 'Backspace'), 'key'],
  ['Backspace that repeats', stroke('Backspace', 'Backspace', 'r'), 'none'],
  ['an arrow', stroke('ArrowLeft', 'ArrowLeft'), 'key'],
  ['a function key', stroke('F24', 'F24'), 'key'],
  ['no function key', stroke('F25', 'F25'), 'none'],
  ['a modifier', stroke('ShiftLeft', 'Shift', 's'), 'key'],
  ['AltGr itself', stroke('AltRight', 'AltGraph', 'cag'), 'none'],
  ['the right Alt of other layouts', stroke('AltRight', 'Alt', 'a'), 'key'],
  ['Ctrl and a letter', stroke('KeyA', 'a', 'c'), 'key'],
  ['Ctrl and a letter that repeats', stroke('KeyA', 'a', 'cr'), 'none'],
  ['Ctrl and space', stroke('Space', ' ', 'c'), 'key'],
  ['Ctrl and a dead key', stroke('BracketLeft', 'Dead', 'c'), 'key'],
  ['Meta and a letter', stroke('KeyL', 'l', 'm'), 'key'],
  ['Alt and a letter', stroke('KeyF', 'f', 'a'), 'key', 'text'],
  ['Ctrl+V', stroke('KeyV', 'v', 'c'), 'key'],
  ['Ctrl+Shift+V', stroke('KeyV', 'V', 'cs'), 'paste', 'key'],
  ['Shift+Insert', stroke('Insert', 'Insert', 's'), 'paste'],
  ['Cmd+V', stroke('KeyV', 'v', 'm'), 'key', 'paste'],
  ['Caps Lock, which is the agent\'s own', stroke('CapsLock', 'CapsLock'), 'none'],
  ['Num Lock', stroke('NumLock', 'NumLock'), 'none'],
  ['a key of the browser', stroke('BrowserBack', 'BrowserBack'), 'none'],
  ['a key without a name', stroke('', 'F99'), 'none'],
];
for (const [name, event, way, onMac] of ways) {
  test(`keys: ${name} is ${way}`, () => {
    assert.equal(wayOf(event, false), way);
    assert.equal(wayOf(event, true), onMac ?? way);
  });
}

test('keys: the code, where there is a better one than the event\'s', () => {
  assert.equal(codeOf(stroke('', 'Backspace')), 'Backspace');
  assert.equal(codeOf(stroke('Numpad1', 'End')), 'End');
  assert.equal(codeOf(stroke('NumpadEnter', 'Enter')), 'NumpadEnter');
  assert.equal(codeOf(stroke('KeyC', 'c', 'c')), 'KeyC');
});

test('keyboard: what the text field may see', () => {
  const { keyboard } = playing();
  assert.equal(keyboard.down(stroke('KeyA', 'a')), false);
  assert.equal(keyboard.down(stroke('KeyV', 'V', 'cs')), false);
  assert.equal(keyboard.down(stroke('Tab', 'Tab')), true);
  assert.equal(keyboard.down(stroke('Tab', 'Tab', 'r')), true);
});

test('keyboard: a shortcut', () => {
  const { keyboard, wire } = playing();
  keyboard.down(stroke('ControlLeft', 'Control', 'c'));
  keyboard.down(stroke('KeyC', 'c', 'c'));
  keyboard.down(stroke('KeyC', 'c', 'cr'));
  keyboard.up(stroke('KeyC', 'c', 'c'));
  keyboard.up(stroke('ControlLeft', 'Control'));
  assert.deepEqual(short(wire), ['+ControlLeft', '+KeyC', '-KeyC', '-ControlLeft']);
});

test('keyboard: text keys go up without a word', () => {
  const { keyboard, wire } = playing();
  keyboard.down(stroke('KeyA', 'a'));
  keyboard.typist.type('a');
  keyboard.up(stroke('KeyA', 'a'));
  assert.deepEqual(short(wire), ['a']);
});

test('keyboard: a modifier whose up was missed is let go', () => {
  const { keyboard, wire } = playing();
  keyboard.down(stroke('AltLeft', 'Alt', 'a'));
  keyboard.down(stroke('KeyA', 'a'));
  assert.deepEqual(short(wire), ['+AltLeft', '-AltLeft']);
});

test('keyboard: a modifier that was let go for a while is pressed again when it is wanted', () => {
  const { keyboard, held, wire } = playing();
  keyboard.down(stroke('ControlRight', 'Control', 'c'));
  held.release(); // the user's hand
  keyboard.down(stroke('ControlRight', 'Control', 'cr'));
  wire.took();
  keyboard.down(stroke('KeyC', 'c', 'c'));
  keyboard.up(stroke('KeyC', 'c', 'c'));
  keyboard.up(stroke('ControlRight', 'Control'));
  keyboard.down(stroke('Enter', 'Enter'));
  assert.deepEqual(short(wire), ['+ControlLeft', '+KeyC', '-KeyC', '-ControlLeft', '+Enter']);
});

test('keyboard: AltGr is not Ctrl and Alt', () => {
  const { keyboard, held, wire } = playing();
  keyboard.down(stroke('ControlLeft', 'Control', 'c')); // as Windows begins it
  keyboard.down(stroke('AltRight', 'AltGraph', 'cag'));
  keyboard.down(stroke('KeyQ', '@', 'cag'));
  keyboard.typist.type('@');
  keyboard.down(stroke('ArrowUp', 'ArrowUp', 'cag'));
  assert.deepEqual(short(wire), ['+ControlLeft', '-ControlLeft', '@', '+ArrowUp']);
  keyboard.up(stroke('AltRight', 'AltGraph', 'c'));
  assert.deepEqual([...held.keys], ['ArrowUp']);
});

test('keyboard: a Mac does not tell when keys go up under Cmd', () => {
  const { keyboard, held, wire } = playing(true);
  keyboard.down(stroke('MetaLeft', 'Meta', 'm'));
  assert.deepEqual(short(wire), []);
  keyboard.down(stroke('KeyC', 'c', 'm'));
  assert.deepEqual(short(wire), ['+MetaLeft', '+KeyC', '-KeyC']);
  keyboard.up(stroke('MetaRight', 'Meta')); // whichever it was
  assert.equal(held.keys.size, 0);
});

test('keyboard: Meta alone is a tap, and nothing when the page lost sight of it', () => {
  const { keyboard, wire } = playing();
  keyboard.down(stroke('MetaLeft', 'Meta', 'm'));
  keyboard.down(stroke('MetaLeft', 'Meta', 'mr'));
  keyboard.up(stroke('MetaLeft', 'Meta'));
  assert.deepEqual(short(wire), ['+MetaLeft', '-MetaLeft']);
  keyboard.down(stroke('MetaLeft', 'Meta', 'm'));
  keyboard.forget();
  keyboard.up(stroke('MetaLeft', 'Meta'));
  assert.deepEqual(short(wire), []);
});

test('keyboard: a key without a code says nothing', () => {
  const { keyboard, wire } = playing();
  keyboard.down(stroke('', 'Unidentified'));
  keyboard.up(stroke('', 'Unidentified'));
  assert.deepEqual(short(wire), []);
});

test('keyboard: Option that made a character is no key', () => {
  const { keyboard, wire } = playing(true);
  keyboard.down(stroke('AltLeft', 'Alt', 'a'));
  keyboard.down(stroke('KeyL', '@', 'a'));
  keyboard.typist.type('@');
  keyboard.up(stroke('KeyL', '@', 'a'));
  keyboard.up(stroke('AltLeft', 'Alt'));
  assert.deepEqual(short(wire), ['@']);
  keyboard.down(stroke('AltLeft', 'Alt', 'a'));
  keyboard.down(stroke('ArrowUp', 'ArrowUp', 'a'));
  assert.deepEqual(short(wire), ['+AltLeft', '+ArrowUp']);
});

test('keyboard: the mouse brings the modifiers with it', () => {
  const { keyboard, wire } = playing();
  keyboard.match(stroke('', '', 'cm'), false);
  assert.deepEqual(short(wire), []);
  keyboard.match(stroke('', '', 'cm'), true);
  keyboard.match(stroke('', ''), false);
  assert.deepEqual(short(wire), ['+ControlLeft', '+MetaLeft', '-ControlLeft', '-MetaLeft']);
});

test('keyboard: the pad changes its mind while a key is down', () => {
  const { keyboard, held } = playing();
  keyboard.down(stroke('Numpad1', 'End', 's'));
  keyboard.up(stroke('Numpad1', '1'));
  keyboard.up(stroke('Numpad1', 'End'));
  assert.deepEqual([...held.keys], []);
});

const pressing = (/** @type {Chord} */ chord, /** @type {string} */ code, key = '') => chord.press({ code, key, repeat: false });
const lifting = (/** @type {Chord} */ chord, /** @type {string} */ code, key = '') => chord.lift({ code, key });

test('chord: the three together, and nothing between', () => {
  const chord = new Chord();
  for (const order of [['ControlLeft', 'AltLeft', 'ShiftRight'], ['ShiftLeft', 'ControlRight', 'AltRight']]) {
    for (const code of order) pressing(chord, code);
    assert.deepEqual(order.map((code) => lifting(chord, code)), [true, false, false]);
  }
});

test('chord: Alt that Shift turned into Meta', () => {
  const chord = new Chord();
  for (const [code, key] of [['ControlLeft', 'Control'], ['ShiftLeft', 'Shift'], ['AltLeft', 'Meta']]) pressing(chord, code, key);
  assert.equal(lifting(chord, 'AltLeft', 'Alt'), true);
});

test('chord: shortcuts that have it in them are no chord', () => {
  const chord = new Chord();
  for (const code of ['ControlLeft', 'AltLeft', 'ShiftLeft', 'End']) pressing(chord, code);
  assert.equal(lifting(chord, 'End'), false);
  assert.equal(lifting(chord, 'ShiftLeft'), false);
});

test('chord: two of them, AltGr, and keys that went up unseen are no chord', () => {
  const chord = new Chord();
  pressing(chord, 'ControlLeft');
  pressing(chord, 'AltRight', 'AltGraph');
  pressing(chord, 'ShiftLeft');
  assert.equal(lifting(chord, 'ShiftLeft'), false);
  chord.forget();
  pressing(chord, 'AltLeft');
  pressing(chord, 'ShiftLeft');
  assert.equal(lifting(chord, 'ShiftLeft'), false);
});

test('typist: pieces are whole characters and of the size that a message has', () => {
  const random = randomFrom(3), letters = ['a', 'ü', '日', '😀', ' '];
  for (let round = 0; round < 200; round++) {
    const text = Array.from({ length: random(900) }, () => letters[random(letters.length)]).join('');
    const all = pieces(text, MAX_TYPED);
    assert.equal(all.join(''), text);
    for (const piece of all) assert.ok(byteLength(piece) <= MAX_TYPED && byteLength(piece) > 0 && !/\p{Surrogate}/u.test(piece));
    for (const piece of all.slice(0, -1)) assert.ok(byteLength(piece) > MAX_TYPED - 4);
  }
  assert.deepEqual(pieces('x'.repeat(MAX_TYPED), MAX_TYPED).length, 1);
  assert.deepEqual(pieces('x'.repeat(MAX_TYPED + 1), MAX_TYPED).length, 2);
});

test('typist: what cannot be typed is left out', () => {
  assert.equal(typable('a\r\nb\rc\td\u0000\u001b[31m\u007f'), 'a\nb\nc\td[31m');
  assert.equal(typable('\ud83d\ude00 \ud83d \ude00'), '😀  ');
});

test('typist: text goes at once, as long as the second has room', () => {
  const { clock, wire, typist, changes } = playing();
  for (let i = 0; i < BYTES; i++) typist.type('x');
  assert.equal(wire.took().length, BYTES);
  assert.equal(changes(), 0);
  typist.type('y');
  assert.deepEqual([short(wire), typist.note, typist.waiting], [[], 'typing', 1]);
  clock.turn(999);
  assert.deepEqual(short(wire), []);
  clock.turn(1);
  assert.deepEqual([short(wire), typist.note], [['y'], '']);
  assert.ok(changes() >= 2);
});

test('typist: a long paste keeps to the rate, and keys wait for their turn', () => {
  const { clock, wire, typist } = playing();
  const text = 'Zeile 日本\n'.repeat(160);
  typist.paste(text);
  typist.key('Enter', true);
  typist.key('Enter', false);
  let last = clock.time;
  /** @type {{ at: number, bytes: number }[]} */
  const sent = [];
  let typed = '';
  for (; typist.queue.length > 0; clock.turn(10)) {
    for (const { kind, text: piece } of wire.took()) {
      if (kind !== 'text') continue;
      typed += piece;
      sent.push({ at: clock.time, bytes: byteLength(piece) });
      last = clock.time;
    }
  }
  const rest = wire.took();
  typed += rest.filter(({ kind }) => kind === 'text').map(({ text: piece }) => piece).join('');
  assert.equal(typed, text);
  assert.deepEqual(rest.slice(-2).map(({ code, down }) => [code, down]), [['Enter', true], ['Enter', false]]);
  for (const { at } of sent) {
    const inSecond = sent.filter((one) => one.at >= at && one.at < at + 1000).reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(inSecond <= BYTES, `${inSecond} bytes in a second`);
  }
  assert.ok(last < 1000 * (byteLength(text) / BYTES + 1));
});

test('typist: a paste is cut where it is too long, and it says so', () => {
  const { clock, wire, typist } = playing();
  typist.paste('x'.repeat(MAX_PASTE));
  clock.turn(10000);
  assert.equal(typist.note, '');
  assert.equal(short(wire).join('').length, MAX_PASTE);
  typist.paste('x'.repeat(MAX_PASTE + 1));
  assert.equal(typist.note, 'typing');
  clock.turn(10000);
  assert.equal(typist.note, 'cut');
  assert.equal(short(wire).join('').length, MAX_PASTE);
  typist.type('y');
  assert.equal(typist.note, '');
});

test('typist: Escape stops a paste and is not typed; otherwise it is a key', () => {
  const { clock, wire, typist, keyboard } = playing();
  typist.paste('x'.repeat(2000));
  wire.took();
  keyboard.down(stroke('Escape', 'Escape'));
  clock.turn(10000);
  assert.deepEqual([short(wire), typist.note], [[], '']);
  keyboard.down(stroke('Escape', 'Escape'));
  assert.deepEqual(short(wire), ['+Escape']);
});
