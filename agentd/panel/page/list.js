/**
 * From the list of windows to its elements.
 *
 * @typedef {import('./types.js').Card} Card
 * @typedef {import('./types.js').Line} Line
 */
import { h } from './draw.js';
import { words } from './words.js';

/** What a helper gets of a window, as a sign. */
const signs = { all: 'view', some: 'shield', none: 'hide' };

/** @param {Card} card */
export function list(card) {
  return h('details', { key: 'windows', open: card.open },
    h('summary', {}, card.summary),
    h('h3', {}, card.list),
    h('ul', { class: 'list' }, ...card.windows.map(window)));
}

/** @param {Line} w */
function window(w) {
  return h('li', { key: w.id, class: w.gets },
    h('svg', { key: w.gets, class: 'icon', 'aria-hidden': 'true' }, h('use', { href: `#icon-${signs[w.gets]}` })),
    h('div', {},
      h('p', { key: 'title' }, h('strong', { dir: 'auto' }, w.title), ' ', w.program ? h('span', { key: 'program', dir: 'auto' }, w.program) : null),
      h('p', { key: 'text' }, w.text),
      w.why ? h('small', { key: 'why' }, w.why) : null),
    w.asks ? h('button', {
      key: 'show', type: 'button', class: 'small', 'data-act': 'show', 'data-value': w.id, disabled: !w.ready,
      'aria-label': `${words.buttons.show}: ${w.title}`,
    }, words.buttons.show) : null);
}
