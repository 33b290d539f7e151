/**
 * Brings elements into line with a description of them, and touches only what
 * differs, so that focus, selection and a finger on a button survive.
 *
 * Text only ever becomes a text node, whatever it contains.
 *
 * @typedef {object} Node
 * @property {string} tag
 * @property {Record<string, string|number|boolean>} attrs  key tells siblings
 *   apart: another key is another element
 * @property {(Node|string)[]} children
 */

/**
 * @param {string} tag
 * @param {Node['attrs']} attrs
 * @param {(Node|string|null)[]} children null is left out
 * @returns {Node}
 */
export function h(tag, attrs, ...children) {
  return { tag, attrs, children: /** @type {(Node|string)[]} */ (children.filter((c) => c !== null && c !== '')) };
}

const svg = 'http://www.w3.org/2000/svg';

/** What an element was made from. @type {WeakMap<ChildNode, Node>} */
const made = new WeakMap();

/**
 * Makes the children of parent what is wanted. What is there and still wanted
 * stays where it is: others are put before it, or taken away.
 * @param {Element} parent
 * @param {(Node|string)[]} wanted
 */
export function draw(parent, wanted) {
  wanted.forEach((want, i) => {
    let have = parent.childNodes[i];
    while (have && !wanted.slice(i).some((w) => fits(have, w))) {
      have.remove();
      have = parent.childNodes[i];
    }
    if (have && fits(have, want)) {
      update(have, want);
    } else {
      parent.insertBefore(make(want), have ?? null);
    }
  });
  while (parent.childNodes.length > wanted.length) {
    parent.lastChild?.remove();
  }
}

/**
 * @param {ChildNode} have
 * @param {Node|string} want
 */
function fits(have, want) {
  if (typeof want === 'string') {
    return have.nodeType === 3;
  }
  const old = made.get(have);
  return old !== undefined && old.tag === want.tag && old.attrs.key === want.attrs.key;
}

/**
 * @param {Node|string} want
 * @returns {ChildNode}
 */
function make(want) {
  if (typeof want === 'string') {
    return document.createTextNode(want);
  }
  const inSVG = want.tag === 'svg' || want.tag === 'use';
  const element = inSVG ? document.createElementNS(svg, want.tag) : document.createElement(want.tag);
  made.set(element, h(want.tag, { key: want.attrs.key ?? '' }));
  update(element, want);
  return element;
}

/**
 * @param {ChildNode} have
 * @param {Node|string} want
 */
function update(have, want) {
  if (typeof want === 'string') {
    if (have.nodeValue !== want) {
      have.nodeValue = want;
    }
    return;
  }
  const element = /** @type {Element} */ (have);
  const old = made.get(element)?.attrs ?? {};
  for (const [name, value] of Object.entries({ ...without(old, want.attrs), ...want.attrs })) {
    if (name !== 'key' && old[name] !== value) {
      value === false ? element.removeAttribute(name) : element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  if (element instanceof HTMLInputElement) {
    element.checked = want.attrs.checked === true; // once touched, it no longer follows its attribute
  }
  made.set(element, { ...want, attrs: { ...want.attrs } });
  draw(element, want.children);
}

/**
 * The attributes that are no longer wanted, each as false.
 * @param {Node['attrs']} old
 * @param {Node['attrs']} wanted
 * @returns {Node['attrs']}
 */
function without(old, wanted) {
  return Object.fromEntries(Object.keys(old).filter((name) => !(name in wanted)).map((name) => [name, false]));
}
