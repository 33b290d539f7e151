/**
 * What both pages have: elements with names, and the picture with its ink, its
 * cursor and the labels of what is private. Only main.js and replay.js use it.
 */

import { clock } from './clock.js';
import { Display } from './display.js';
import { label } from './groups.js';
import { Layer } from './ink/layer.js';
import { Labels } from './labels.js';

/**
 * An element of the page.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page lacks ${id}`);
  return found;
}

/** The picture, over the elements that the pages have of the same names. */
export function picture() {
  const sheet = element('sheet', HTMLElement);
  const ink = new Layer(element('ink', HTMLCanvasElement), clock);
  const display = new Display(element('stage', HTMLElement), sheet, element('screen', HTMLCanvasElement), element('pointer', HTMLCanvasElement), ink);
  const { content: mark } = element('label', HTMLTemplateElement);
  return { sheet, ink, display, mark, labels: new Labels(element('labels', HTMLElement), element('private', SVGElement), mark) };
}

/**
 * Writes the fixed texts into the page, and into the mark of what is private.
 * @param {string} language
 * @param {{ [word: string]: string }} texts
 * @param {DocumentFragment} mark
 */
export function write(language, texts, mark) {
  document.documentElement.lang = language;
  label(document, texts);
  label(mark, texts);
}
