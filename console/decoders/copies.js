/**
 * Copies: parts of the picture that moved. SPEC.md 7.2. Each takes its source
 * as the picture was before this moment, whatever the other copies do.
 */

/**
 * @typedef {{ sx: number, sy: number, x: number, y: number, width: number, height: number }} Copy
 */

/**
 * @param {import('../surface.js').Surface} surface
 * @param {number[]} flat sx, sy, x, y, width, height of each copy
 */
export function paintCopies(surface, flat) {
  const copies = [];
  for (let i = 0; i < flat.length; i += 6) {
    const [sx, sy, x, y, width, height] = flat.slice(i, i + 6);
    surface.check(sx, sy, width, height);
    surface.check(x, y, width, height);
    copies.push({ sx, sy, x, y, width, height });
  }
  arrange(surface, copies);
}

/**
 * Moves what can be moved without a copy of the picture: each as soon as no
 * other one needs what it paints over, nor has to be painted over by it. What
 * moves in circles is left, and is read from the picture as it is then.
 * @param {import('../surface.js').Surface} surface
 * @param {Copy[]} copies
 */
function arrange(surface, copies) {
  for (let left = copies; left.length > 0;) {
    const next = left.findIndex((copy, i) => left.every((other, j) => i === j || free(copy, other, j < i)));
    if (next < 0) {
      const before = surface.before();
      for (const copy of left) surface.move(copy, before);
      return;
    }
    surface.move(left[next], surface);
    left = left.filter((_, i) => i !== next);
  }
}

/**
 * Whether a copy may be made although another one is still to be made.
 * @param {Copy} copy
 * @param {Copy} other
 * @param {boolean} later the copy comes after the other, which it shall cover
 */
function free(copy, other, later) {
  return !meet(copy, other.sx, other.sy, other) && !(later && meet(copy, other.x, other.y, other));
}

/**
 * Whether a copy paints where a rectangle lies.
 * @param {Copy} copy
 * @param {number} x
 * @param {number} y
 * @param {{ width: number, height: number }} size
 */
function meet(copy, x, y, { width, height }) {
  return copy.x < x + width && x < copy.x + copy.width && copy.y < y + height && y < copy.y + copy.height;
}
