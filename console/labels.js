/**
 * What is private, on the page: stripes over each area, so that one sees at
 * once that it is hidden on purpose, and a word on it where there is room. All
 * is placed in parts of the picture, so that nothing moves when that is scaled.
 *
 * @typedef {import('./masks.js').Area} Area
 * @typedef {import('./dirty.js').Rect} Rect
 */

import { groups, inside } from './masks.js';

const SVG = 'http://www.w3.org/2000/svg';

export class Labels {
  /**
   * @param {HTMLElement} layer as large as the picture
   * @param {Element} stripes the part of an SVG, as large as the picture, that is filled with them
   * @param {DocumentFragment} label what stands on an area
   */
  constructor(layer, stripes, label) {
    this.layer = layer;
    this.stripes = stripes;
    this.label = label;
    /** @type {Area[]} as they were given */
    this.areas = [];
    this.part = { x: 0, y: 0, width: 0, height: 0 };
    this.count = 0; // of what is one to the eye
  }

  /**
   * @param {Area[]} areas the same list as long as nothing changed
   * @param {Rect} part of the screen that is shown; the same as long as it is
   */
  show(areas, part) {
    if (areas === this.areas && part === this.part) return;
    this.areas = areas;
    this.part = part;
    const found = groups(inside(areas, part));
    this.count = found.length;
    this.stripes.replaceChildren(...found.flat().map((area) => this.stripe(area)));
    this.layer.replaceChildren(...found.map(([largest]) => this.box(largest)));
  }

  /** @param {Area} area */
  stripe(area) {
    const rect = this.stripes.ownerDocument.createElementNS(SVG, 'rect');
    const { x, y, width, height } = this.parts(area);
    for (const [name, part] of Object.entries({ x, y, width, height })) rect.setAttribute(name, part);
    return rect;
  }

  /** @param {Area} area */
  box(area) {
    const box = this.layer.ownerDocument.createElement('div');
    const { x, y, width, height } = this.parts(area);
    Object.assign(box.style, { left: x, top: y, width, height });
    box.append(this.label.cloneNode(true));
    return box;
  }

  /**
   * An area in percent of what is shown.
   * @param {Area} area
   */
  parts({ x, y, width, height }) {
    const of = (/** @type {number} */ n, /** @type {number} */ all) => `${100 * n / all}%`;
    return { x: of(x, this.part.width), y: of(y, this.part.height), width: of(width, this.part.width), height: of(height, this.part.height) };
  }
}
