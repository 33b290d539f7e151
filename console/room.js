/**
 * Around the picture: the bar above it, and the notice that stands where there
 * is no picture to be seen.
 *
 * @typedef {object} Elements
 * @property {HTMLElement} section
 * @property {HTMLElement} sheet
 * @property {HTMLElement} notice
 * @property {HTMLElement} sentence
 * @property {HTMLElement} detail
 * @property {HTMLButtonElement} again
 * @property {HTMLElement} where
 * @property {HTMLElement} badge
 * @property {HTMLElement} device
 * @property {HTMLElement} tools
 * @property {HTMLButtonElement} refresh
 * @property {HTMLElement} zoom
 *
 * @typedef {keyof import('./words.js').Words['labels']} View
 */

import { onButtons, press } from './groups.js';
import { clean } from './text.js';

const NAME = 64; // characters of a device's name

export class Room {
  /**
   * @param {import('./words.js').Words} words
   * @param {Elements} elements
   * @param {import('./display.js').Display} display
   */
  constructor(words, elements, display) {
    this.words = words;
    this.elements = elements;
    this.display = display;
    onButtons(elements.zoom, ({ zoom }) => this.setZoom(zoom === 'fit' ? zoom : Number(zoom)));
  }

  /**
   * @param {View} view
   * @param {string} text that says where things stand
   * @param {import('./call.js').Call | null} call
   */
  show(view, text, call) {
    const { section, sentence } = this.elements;
    const open = call !== null && view !== 'connecting';
    section.hidden = !open;
    sentence.textContent = text;
    this.showPicture(view, call);
    this.showNotice(view, call);
    this.showBar(view, open, call);
  }

  /**
   * @param {View} view
   * @param {import('./call.js').Call | null} call
   */
  showPicture(view, call) {
    const { sheet, notice } = this.elements;
    const seen = view !== 'ended' && (call?.session.consent.seen ?? false);
    if (!seen && !sheet.hidden) this.display.clear();
    sheet.hidden = !seen;
    notice.hidden = view === 'live';
    if (seen) this.display.layOut();
  }

  /**
   * @param {View} view
   * @param {import('./call.js').Call | null} call
   */
  showNotice(view, call) {
    const { words, elements: { detail, again } } = this;
    const remote = view === 'ended' && !call?.session.ending.ours ? clean(call?.session.ending.text ?? '') : '';
    detail.hidden = !remote;
    detail.textContent = remote && words.deviceSays(remote);
    const action = view === 'refused' || view === 'taken' ? words.actions.ask : view === 'ended' ? words.actions.join : '';
    again.hidden = !action;
    again.textContent = action;
  }

  /**
   * @param {View} view
   * @param {boolean} open
   * @param {import('./call.js').Call | null} call
   */
  showBar(view, open, call) {
    const { where, badge, device, tools, refresh } = this.elements;
    where.hidden = !open;
    badge.textContent = this.words.labels[view];
    device.textContent = open ? this.words.device(clean(call?.session.device ?? '', NAME)) : '';
    tools.hidden = !open || view === 'ended';
    refresh.disabled = view !== 'live';
  }

  /** Puts the keyboard where the next step is, if there is one here. */
  focus() {
    if (!this.elements.again.hidden) this.elements.again.focus();
  }

  /** @param {import('./display.js').Zoom} zoom */
  setZoom(zoom) {
    this.display.setZoom(zoom);
    press(this.elements.zoom, 'zoom', String(zoom));
  }
}
