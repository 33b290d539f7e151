/**
 * From a card to its elements.
 *
 * @typedef {import('./types.js').Card} Card
 * @typedef {import('./types.js').Code} Code
 * @typedef {import('./types.js').Right} Right
 * @typedef {import('./types.js').Group} Group
 * @typedef {import('./types.js').Choice} Choice
 * @typedef {import('./types.js').Button} Button
 * @typedef {import('./types.js').Offer} Offer
 * @typedef {import('./draw.js').Node} Node
 */
import { h } from './draw.js';
import { list } from './list.js';
import { fill, words } from './words.js';

/** @type {Record<Card['kind'], string>} */
const icons = {
  start: 'shield', idle: 'shield', waiting: 'wait', asked: 'ask', live: 'view', paused: 'pause', over: 'shield', lost: 'lost', locked: 'key',
  sight: 'view', windows: 'windows',
};

/**
 * @param {Card[]} all
 * @returns {Node[]}
 */
export function cards(all) {
  return all.map((card, i) => h('section', { key: card.kind + card.key, class: `card ${card.kind}`, 'aria-labelledby': `heading-${i}` },
    h('div', { class: 'head' },
      icon(icons[card.kind]),
      h(i === 0 ? 'h1' : 'h2', { id: `heading-${i}`, tabindex: -1 }, card.heading)),
    h('div', { class: 'body' }, ...body(card)),
  ));
}

/**
 * @param {Card} card
 * @returns {(Node|null)[]}
 */
function body(card) {
  return [
    ...card.lead.map((sentence) => h('p', { key: 'lead' }, sentence)),
    card.reason ? h('blockquote', { key: 'reason', dir: 'auto' }, card.reason) : null,
    card.code ? code(card.code) : null,
    card.sight ? sight(card.sight) : null,
    card.windows.length > 0 ? list(card) : null,
    card.address ? address(card.address) : null,
    card.people.length > 0 ? people(card.people) : null,
    card.rights.length > 0 ? rights(card) : null,
    ...card.groups.map(group),
    ...card.warnings.map((sentence) => h('p', { key: 'warning', class: 'warning' }, icon('warn'), h('span', {}, sentence))),
    card.clock ? h('p', { key: 'clock', class: 'clock' }, card.clock) : null,
    card.buttons.length > 0 ? h('div', { key: 'buttons', class: 'buttons' }, ...card.buttons.map((b) => button(b, card.request))) : null,
    card.foot ? h('p', { key: 'foot', class: 'foot' }, card.foot) : null,
    ...card.offers.map(offer),
  ];
}

/** @param {string} name */
function icon(name) {
  return h('svg', { key: name, class: 'icon', 'aria-hidden': 'true' }, h('use', { href: `#icon-${name}` }));
}

/** @param {Code} c */
function code(c) {
  const letters = [...c.text].map((letter) => (letter === '-' ? words.waiting.dash : letter)).join(' ');
  return h('div', { key: 'code', class: 'code' },
    h('p', { class: 'letters', role: 'img', 'aria-label': fill(words.waiting.code, { letters }), translate: 'no' }, c.text),
    h('progress', { max: 1, value: c.share, 'aria-hidden': 'true' }),
    h('p', { class: 'left' }, c.left));
}

/**
 * Only an address of the web becomes a link.
 * @param {string} url
 */
function address(url) {
  const shown = url.replace(/^https?:\/\//, '').replace(/#.*$/, '');
  const link = /^https?:\/\//.test(url)
    ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, shown)
    : h('span', {}, shown);
  return h('p', { key: 'address', class: 'address' }, `${words.waiting.address} `, link);
}

/** @param {Card['people']} list */
function people(list) {
  return h('ul', { key: 'people', class: 'people' }, ...list.map((who) => h('li', {},
    h('strong', { dir: 'auto' }, who.name), h('span', {}, who.story))));
}

/** @param {Card} card */
function rights(card) {
  return h('div', { key: 'rights', class: 'rights' },
    h('h3', {}, card.list),
    h('ul', {}, ...card.rights.map(right)));
}

/** @param {Right} r */
function right(r) {
  return h('li', { key: r.scope, class: r.held ? 'yes' : 'no' },
    icon(r.held ? 'yes' : 'no'),
    h('span', {}, r.text, r.note ? h('small', {}, r.note) : null,
      h('span', { class: 'unseen' }, `: ${words[r.held ? 'can' : 'cannot']}`)),
    r.held ? takeBack(r) : null);
}

/** @param {Right} r */
function takeBack(r) {
  return h('button', { key: 'revoke', type: 'button', class: 'small', 'data-act': 'revoke', 'data-scope': r.scope, 'aria-label': `${words.buttons.revoke}: ${r.text}` },
    words.buttons.revoke);
}

/** @param {Group} g */
function group(g) {
  return h('fieldset', { key: g.title },
    h('legend', {}, g.title),
    g.advice ? h('p', { key: 'advice' }, g.advice) : null,
    ...g.choices.map(choice));
}

/** @param {Choice} c */
function choice(c) {
  return h('label', { key: c.scope, class: `choice ${c.on ? 'yes' : 'no'}` },
    icon(c.scope),
    h('span', { key: 'text' }, c.text, c.note ? h('small', {}, c.note) : null),
    h('span', { key: 'state', class: 'state', 'aria-hidden': 'true' }, words[c.on ? 'on' : 'off']),
    h('input', { type: 'checkbox', role: 'switch', 'data-scope': c.scope, checked: c.on, disabled: !c.ready }));
}

/**
 * The canvas is painted elsewhere, and keeps its size.
 * @param {import('./types.js').Sight} s
 */
function sight(s) {
  return h('figure', { key: 'sight' },
    h('canvas', { key: 'canvas', id: 'sight', role: 'img', 'aria-label': s.label }),
    s.band ? h('p', { key: 'band', class: 'band' }, s.band) : null);
}

/** @param {Offer} o */
function offer(o) {
  return h('div', { key: `offer ${o.session} ${o.field}`, class: 'offer' },
    h('p', {}, o.text),
    h('button', { type: 'button', class: 'small', 'data-act': 'field', 'data-request': o.session, 'data-value': o.field, disabled: !o.ready },
      words.buttons.field));
}

/**
 * @param {Button} b
 * @param {string} request id of the session that it answers
 */
function button(b, request) {
  return h('button', { key: b.act + request, type: 'button', class: b.tone, 'data-act': b.act, 'data-request': request,
    disabled: !b.ready },
    b.text);
}
