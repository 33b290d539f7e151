/**
 * Groups of buttons of which one is chosen, and lines that say one thing.
 */

/** @param {HTMLElement} group */
export const buttonsOf = (group) => [...group.querySelectorAll('button')];

/**
 * @param {HTMLElement} group
 * @param {(data: DOMStringMap) => void} act with what the pressed button stands for
 */
export function onButtons(group, act) {
  for (const button of buttonsOf(group)) button.addEventListener('click', () => act(button.dataset));
}

/**
 * Shows one button of a group as the chosen one.
 * @param {HTMLElement} group
 * @param {string} name
 * @param {string} value
 * @returns {boolean} whether there is one
 */
export function press(group, name, value) {
  const all = buttonsOf(group);
  for (const button of all) button.setAttribute('aria-pressed', String(button.dataset[name] === value));
  return all.some((button) => button.dataset[name] === value);
}

/**
 * Says a sentence once, and nothing where there is none.
 * @param {HTMLElement} line
 * @param {string} text
 */
export function say(line, text) {
  line.hidden = !text;
  if (line.textContent !== text) line.textContent = text;
}

/**
 * Writes the fixed texts into the elements that name them.
 * @param {ParentNode} root
 * @param {{ [word: string]: string }} texts
 */
export function label(root, texts) {
  for (const node of root.querySelectorAll('[data-word], [data-hint], [data-label]')) {
    if (!(node instanceof HTMLElement)) continue;
    const { word, hint, label: name } = node.dataset;
    if (word) node.textContent = texts[word];
    if (hint) node.title = texts[hint];
    if (name) node.setAttribute('aria-label', texts[name]);
  }
}
