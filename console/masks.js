/**
 * Which areas of the picture the device has masked, as it tells them. SPEC.md 7.9.
 *
 * @typedef {{ why: number, x: number, y: number, width: number, height: number }} Area device pixels
 * @typedef {import('./dirty.js').Rect} Rect
 */

/** @type {Area[]} */
const NONE = [];

/** The newest masks message, as a list of areas. */
export class Masks {
  constructor() {
    this.number = 0;
    this.generation = 0; // of the picture in which the areas lie
    this.protection = 0; // what the device finds of secrets
    this.areas = NONE;
  }

  /** @param {import('./protocol/messages.js').Masks} message */
  take({ number, generation, protection, areas }) {
    if (number <= this.number) return;
    this.number = number;
    this.generation = generation;
    this.protection = protection;
    this.areas = [];
    for (let i = 0; i < areas.length; i += 5) {
      const [why, x, y, width, height] = areas.slice(i, i + 5);
      this.areas.push({ why, x, y, width, height });
    }
  }

  /**
   * The areas over a picture: the same list until there are others.
   * @param {number} generation of the picture
   */
  over(generation) {
    return generation === this.generation ? this.areas : NONE;
  }
}

/**
 * What of the areas is inside a part of the screen, from its corner on.
 * @param {Area[]} areas
 * @param {Rect} part
 * @returns {Area[]}
 */
export function inside(areas, part) {
  const cut = areas.map(({ why, x, y, width, height }) => {
    const left = Math.max(x - part.x, 0), top = Math.max(y - part.y, 0);
    return {
      why, x: left, y: top, width: Math.min(x + width - part.x, part.width) - left, height: Math.min(y + height - part.y, part.height) - top,
    };
  });
  return cut.filter(({ width, height }) => width > 0 && height > 0);
}

/**
 * Areas that touch one another and are masked for one reason are one to the
 * eye: they come together, the largest first.
 * @param {Area[]} areas
 * @returns {Area[][]}
 */
export function groups(areas) {
  /** @type {Area[][]} */
  let found = [];
  for (const area of areas) {
    const near = found.filter((group) => group.some((other) => touch(area, other)));
    found = [...found.filter((group) => !near.includes(group)), [area, ...near.flat()]];
  }
  return found.map((group) => group.sort((a, b) => b.width * b.height - a.width * a.height));
}

/**
 * Whether two areas have an edge, or more, in common; a corner is not enough.
 * @param {Area} a
 * @param {Area} b
 */
function touch(a, b) {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return a.why === b.why && across >= 0 && down >= 0 && across + down > 0;
}
