/**
 * The buttons, and keys, for what is seen of the screen: which monitor, and
 * whether the device may scale the picture.
 *
 * @typedef {object} Elements
 * @property {HTMLElement} monitors group of a button for all of the screen, and one for each monitor
 * @property {HTMLButtonElement} scaled
 * @property {HTMLElement} stage where keys count
 */

import { buttonsOf, press } from './groups.js';

export class ViewBar {
  /**
   * @param {import('./words.js').Words} words
   * @param {Elements} elements
   * @param {{ views: () => import('./views.js').Views | null, changed: () => void }} page
   */
  constructor(words, elements, { views, changed }) {
    this.words = words;
    this.elements = elements;
    this.views = views;
    this.changed = changed;
    elements.monitors.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLButtonElement) this.choose(Number(target.dataset.monitor));
    });
    elements.scaled.addEventListener('click', () => this.scale());
    elements.stage.addEventListener('keydown', (event) => this.key(event));
  }

  /** @param {number} monitor */
  choose(monitor) {
    this.views()?.choose(monitor);
    this.changed();
  }

  scale() {
    const views = this.views();
    views?.scale(!views.scaled);
    this.changed();
  }

  /**
   * Keys that work while the picture itself has the keyboard.
   * @param {KeyboardEvent} event
   */
  key({ key, target, ctrlKey, altKey, metaKey }) {
    if (target !== this.elements.stage || ctrlKey || altKey || metaKey || !this.views()?.offered) return;
    if (/^[0-9]$/.test(key)) this.choose(Number(key));
    else if (key === 's' || key === 'S') this.scale();
  }

  show() {
    const { monitors, scaled } = this.elements;
    const views = this.views();
    const count = views?.offered ? views.monitors.length : 0;
    monitors.hidden = count < 2;
    scaled.hidden = !views?.offered;
    scaled.setAttribute('aria-pressed', String(views?.scaled ?? false));
    this.fill(count);
    press(monitors, 'monitor', String(views?.monitor ?? 0));
  }

  /**
   * Sees to it that there is a button for each monitor.
   * @param {number} count
   */
  fill(count) {
    const { monitors } = this.elements;
    const buttons = buttonsOf(monitors);
    for (const button of buttons.slice(count + 1)) button.remove();
    for (let n = buttons.length; n <= count; n++) {
      const button = monitors.ownerDocument.createElement('button');
      button.type = 'button';
      button.dataset.monitor = button.textContent = String(n);
      button.title = this.words.monitor(n);
      button.setAttribute('aria-label', this.words.monitor(n));
      monitors.append(button);
    }
  }
}
