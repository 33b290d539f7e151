/**
 * The keyboard while the agent controls: an unseen text field over the picture
 * takes the keys, so that the browser makes text of them as it does anywhere,
 * with dead keys, input methods and the clipboard.
 *
 * @typedef {object} Over
 * @property {() => import('./tools.js').Tools | null} tools of the call that is shown
 * @property {() => void} changed the field got the keyboard or lost it, or the clipboard was asked for
 * @property {() => void} leave the agent wants out of control
 */

import { Chord } from './input/chord.js';

export class Typing {
  /**
   * @param {HTMLTextAreaElement} field
   * @param {EventTarget} page where keys come, wherever the keyboard is
   * @param {Over} over
   */
  constructor(field, page, over) {
    this.field = field;
    this.over = over;
    this.chord = new Chord();
    this.refused = false; // the browser kept its clipboard when it was asked last
    page.addEventListener('keydown', (event) => this.down(/** @type {KeyboardEvent} */ (event)));
    page.addEventListener('keyup', (event) => this.up(/** @type {KeyboardEvent} */ (event)));
    field.addEventListener('input', (event) => { if (!(/** @type {InputEvent} */ (event)).isComposing) this.take(); });
    field.addEventListener('compositionstart', () => this.compose(true));
    field.addEventListener('compositionend', () => this.compose(false));
    field.addEventListener('paste', (event) => this.paste(event));
    field.addEventListener('blur', () => this.blur());
    field.addEventListener('focus', () => over.changed());
  }

  /** The tools, if keys go to the device. */
  get tools() {
    const tools = this.over.tools();
    return tools?.types ? tools : null;
  }

  /** @param {KeyboardEvent} event */
  down(event) {
    if (this.over.tools()?.mode !== 'control') return;
    this.chord.press(event);
    if (event.target !== this.field || !this.tools) return;
    if (this.tools.keyboard.down(strokeOf(event))) event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  up(event) {
    if (this.over.tools()?.mode !== 'control') return;
    if (this.chord.lift(event)) return this.over.leave();
    if (event.target !== this.field || !this.tools) return;
    this.tools.keyboard.up(strokeOf(event));
    event.preventDefault();
  }

  /** Types what the field holds; it stays empty. */
  take() {
    const text = this.field.value;
    this.field.value = '';
    this.refused = false;
    if (text) this.tools?.typist.type(text);
  }

  /** @param {boolean} composing */
  compose(composing) {
    this.field.classList.toggle('composing', composing);
    if (!composing) this.take();
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    event.preventDefault();
    this.refused = false;
    this.tools?.typist.paste(event.clipboardData?.getData('text/plain') ?? '');
  }

  /** Types the browser's clipboard, if it hands it over. */
  async fromClipboard() {
    const text = await navigator.clipboard?.readText().catch(() => null);
    this.refused = typeof text !== 'string';
    if (typeof text === 'string') this.tools?.typist.paste(text);
    this.over.changed();
  }

  /** Whether the field has the keyboard. */
  get here() {
    return this.field.matches(':focus');
  }

  blur() {
    this.chord.forget();
    this.compose(false); // which types what the field holds
    this.over.tools()?.release();
    this.over.changed();
  }

  /**
   * Takes the keyboard, and puts input methods where the agent looks.
   * @param {number} x CSS pixels from the corner of the picture
   * @param {number} y
   */
  focusAt(x, y) {
    this.field.style.left = `${x}px`;
    this.field.style.top = `${y}px`;
    this.field.focus({ preventScroll: true });
  }
}

/**
 * A key event with its state as a function of its own.
 * @param {KeyboardEvent} event
 * @returns {import('./input/keys.js').Stroke}
 */
function strokeOf(event) {
  const { code, key, ctrlKey, altKey, shiftKey, metaKey, repeat } = event;
  const isComposing = event.isComposing || event.keyCode === 229; // 229: an input method has it
  return { code, key, ctrlKey, altKey, shiftKey, metaKey, repeat, isComposing, getModifierState: (name) => event.getModifierState(name) };
}
