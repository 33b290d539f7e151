/**
 * Key or text: what becomes of a key that was pressed. SPEC.md 8.4 and 8.6.
 *
 * What is printable goes as text, by way of a text field, so that every
 * keyboard, dead key and input method works. Everything else, and whatever is
 * pressed with Ctrl, Alt or Meta, goes as the key it is. AltGr, and Option on a
 * Mac, are how characters are made there: what they make is text.
 *
 * @typedef {object} Modified what every event tells of the keyboard
 * @property {string} code of the key; empty for the mouse
 * @property {string} key
 * @property {boolean} ctrlKey
 * @property {boolean} altKey
 * @property {boolean} shiftKey
 * @property {boolean} metaKey
 * @property {(name: string) => boolean} getModifierState
 *
 * @typedef {Modified & { repeat: boolean, isComposing: boolean }} Stroke what of a KeyboardEvent it takes
 *
 * @typedef {'text' | 'paste' | 'key' | 'none'} Way text and paste are left to
 *   the text field, a key goes to the device, none goes nowhere
 */

const named = ['Enter', 'Escape', 'Backspace', 'Tab', 'Insert', 'Delete', 'Home', 'End', 'PageUp', 'PageDown',
  'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'ContextMenu', 'Pause'];
const printed = ['Space', 'Minus', 'Equal', 'BracketLeft', 'BracketRight', 'Backslash', 'Semicolon', 'Quote', 'Backquote',
  'Comma', 'Period', 'Slash', 'IntlBackslash', 'IntlRo', 'IntlYen'];
const pattern = /^(Key[A-Z]|Digit\d|F([1-9]|1\d|2[0-4])|Numpad(\d|Add|Subtract|Multiply|Divide|Decimal|Comma|Equal|Enter)|(Shift|Control|Alt|Meta)(Left|Right))$/;

/** @param {string} code */
const isKnown = (code) => named.includes(code) || printed.includes(code) || pattern.test(code);

/**
 * The code that a key goes by. Keyboards on glass have none, and the numeric
 * pad without Num Lock is what its keys say: the device's own lock may differ.
 * @param {Stroke} stroke
 */
export function codeOf({ code, key }) {
  if (named.includes(key) && (code === '' || /^Numpad(\d|Decimal)$/.test(code))) return key;
  return code;
}

/**
 * @param {Stroke} stroke
 * @param {boolean} mac whether Option makes characters
 * @returns {Way}
 */
export function wayOf(stroke, mac) {
  const { key, repeat, isComposing } = stroke;
  if (isComposing || key === 'Process' || key === 'Unidentified') return 'text';
  const printable = key === 'Dead' || [...key].length === 1;
  if (printable && !isShortcut(stroke, mac)) return 'text';
  if (isPaste(stroke, mac)) return 'paste';
  if (repeat || key === 'AltGraph' || !isKnown(codeOf(stroke))) return 'none';
  return 'key';
}

/**
 * @param {Stroke} stroke
 * @param {boolean} mac
 */
function isShortcut({ ctrlKey, altKey, metaKey, getModifierState }, mac) {
  if (getModifierState('AltGraph')) return false;
  return ctrlKey || metaKey || (altKey && !mac);
}

/**
 * The agent's own clipboard; Ctrl+V alone is the device's.
 * @param {Stroke} stroke
 * @param {boolean} mac
 */
function isPaste({ code, ctrlKey, shiftKey, metaKey }, mac) {
  if (code === 'KeyV') return mac ? metaKey : ctrlKey && shiftKey;
  return code === 'Insert' && shiftKey && !ctrlKey;
}

/** The modifiers of an event: its flag, its state's name, and the codes of its keys, the usual one first. */
const modifiers = /** @type {const} */ ([
  ['ctrlKey', 'ControlLeft', 'ControlRight'], ['altKey', 'AltLeft', 'AltRight'],
  ['shiftKey', 'ShiftLeft', 'ShiftRight'], ['metaKey', 'MetaLeft', 'MetaRight'],
]);

/**
 * What differs between the modifiers that an event says are held and those
 * that are held on the device: an up that the page missed, or a key that was
 * let go for a while and is wanted again.
 * @param {Modified} stroke
 * @param {ReadonlySet<string>} held
 * @param {boolean} press whether keys may be pressed, too
 * @returns {[code: string, down: boolean][]}
 */
export function differing(stroke, held, press) {
  /** @type {[string, boolean][]} */
  const differ = [];
  for (const [flag, left, right] of modifiers) {
    const down = [left, right].filter((code) => held.has(code));
    const wanted = press && down.length === 0 && stroke.code !== left && stroke.code !== right;
    if (!stroke[flag]) differ.push(...down.map((code) => /** @type {[string, boolean]} */ ([code, false])));
    else if (wanted && !stroke.getModifierState('AltGraph')) differ.push([left, true]);
  }
  return differ;
}
