/**
 * The tools above the picture: what the agent does with it, what they draw
 * with, what they may still ask for, and what there is to know about it.
 *
 * @typedef {object} Elements
 * @property {HTMLElement} bar
 * @property {HTMLElement} modes
 * @property {HTMLElement} pens
 * @property {HTMLElement} colours
 * @property {HTMLInputElement} custom
 * @property {HTMLElement} widths
 * @property {HTMLElement} fades
 * @property {HTMLButtonElement} undo
 * @property {HTMLButtonElement} clear
 * @property {HTMLElement} tip
 * @property {HTMLElement} banner over the picture
 * @property {HTMLButtonElement} paste
 * @property {HTMLElement} asks
 *
 * @typedef {object} Agent what the agent may do here
 * @property {() => import('./call.js').Call | null} call
 * @property {(mode: import('./tools.js').Mode) => void} enter
 * @property {() => void} paste
 */

import { KEYBOARD, POINTER } from './consent.js';
import { buttonsOf, onButtons, press, say } from './groups.js';
import { clean } from './text.js';
import { banner, tip } from './tips.js';

const shownIn = ['opening', 'live', 'paused', 'gone'];

export class Toolbar {
  /**
   * @param {import('./words.js').Words} words
   * @param {Elements} elements
   * @param {Agent} agent
   */
  constructor(words, elements, agent) {
    this.words = words;
    this.elements = elements;
    this.agent = agent;
    /** What the next stroke looks like, in this call and the next. */
    this.style = { colour: 0xe53935, width: 4, fade: 0 };
    this.wire();
  }

  wire() {
    const { modes, colours, custom, widths, fades, undo, clear, paste, asks } = this.elements;
    onButtons(modes, ({ mode }) => this.agent.enter(/** @type {import('./tools.js').Mode} */ (mode)));
    onButtons(colours, ({ colour }) => this.setColour(colour ?? ''));
    onButtons(widths, ({ width }) => this.setStyle(widths, 'width', Number(width)));
    onButtons(fades, ({ fade }) => this.setStyle(fades, 'fade', Number(fade)));
    onButtons(asks, ({ scope }) => this.ask(Number(scope)));
    custom.addEventListener('input', () => this.setColour(custom.value));
    custom.addEventListener('click', () => this.setColour(custom.value));
    undo.addEventListener('click', () => this.undo());
    clear.addEventListener('click', () => this.clear());
    paste.addEventListener('click', () => this.agent.paste());
    for (const swatch of buttonsOf(colours)) swatch.style.setProperty('--swatch', swatch.dataset.colour ?? '');
    this.setColour('#e53935');
  }

  get tools() {
    return this.agent.call()?.tools ?? null;
  }

  /** @param {string} colour #rrggbb */
  setColour(colour) {
    const { colours, custom, bar } = this.elements;
    const own = press(colours, 'colour', colour);
    custom.classList.toggle('chosen', !own);
    bar.style.setProperty('--ink', colour);
    this.style.colour = parseInt(colour.slice(1), 16);
  }

  /**
   * @param {HTMLElement} group
   * @param {'width' | 'fade'} name
   * @param {number} value
   */
  setStyle(group, name, value) {
    press(group, name, String(value));
    this.style[name] = value;
  }

  undo() {
    this.tools?.pen.undo();
    this.tools?.drawn();
  }

  clear() {
    this.tools?.pen.clear();
    this.tools?.drawn();
  }

  /** @param {number} scope */
  ask(scope) {
    const reasons = /** @type {{ [scope: number]: string }} */ (this.words.reasons);
    this.agent.call()?.session.askFor(scope, reasons[scope]);
  }

  /**
   * Keys that work while the agent draws.
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (this.tools?.mode !== 'draw') return;
    const undoes = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
    if (event.key === 'Escape') this.agent.enter('look');
    else if (undoes) this.undo();
    if (undoes) event.preventDefault();
  }

  /**
   * @param {string} view
   * @param {{ away: boolean, refused: boolean }} keyboard where it is, and whether the clipboard was refused
   */
  show(view, keyboard) {
    const call = this.agent.call();
    this.elements.bar.hidden = !call || !shownIn.includes(view);
    if (!call) return say(this.elements.banner, '');
    call.tools.pen.style = this.style;
    this.showModes(call.tools);
    this.showPens(call.tools);
    this.showAsks(call);
    this.showTips(call, keyboard);
  }

  /** @param {import('./tools.js').Tools} tools */
  showModes(tools) {
    press(this.elements.modes, 'mode', tools.mode);
    for (const button of buttonsOf(this.elements.modes)) {
      button.disabled = !tools.allows(/** @type {import('./tools.js').Mode} */ (button.dataset.mode));
    }
  }

  /** @param {import('./tools.js').Tools} tools */
  showPens({ mode, board, session, types }) {
    const { pens, undo, clear, paste } = this.elements;
    pens.hidden = mode !== 'draw';
    undo.disabled = clear.disabled = board.strokes.length === 0;
    paste.hidden = mode !== 'control' || !session.consent.holds(KEYBOARD);
    paste.disabled = !types;
  }

  /** @param {import('./call.js').Call} call */
  showAsks({ session: { consent } }) {
    for (const button of buttonsOf(this.elements.asks)) {
      button.hidden = !consent.holdsView || consent.holds(Number(button.dataset.scope));
      button.disabled = consent.open;
    }
  }

  /**
   * @param {import('./call.js').Call} call
   * @param {{ away: boolean, refused: boolean }} keyboard
   */
  showTips({ tools: { mode, typist }, session: { consent } }, keyboard) {
    const now = {
      mode, ...keyboard, hand: consent.hand.why, note: typist.note, waiting: typist.waiting,
      mouse: consent.holds(POINTER), keys: consent.holds(KEYBOARD), open: consent.open, denied: consent.denied !== 0,
      remark: clean(consent.remark),
    };
    say(this.elements.tip, tip(this.words, now));
    say(this.elements.banner, banner(this.words, now));
  }
}
