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
  const before = disturbed(copies) ? surface.before() : surface;
  for (const copy of copies) surface.move(copy, before);
}

/**
 * Whether a copy would paint over what a later one still needs. Only then is
 * the picture kept as it was, because that costs as much as copying all of it.
 * @param {Copy[]} copies
 */
function disturbed(copies) {
  return copies.some((painted, i) => copies.some((later, j) => j > i
    && painted.x < later.sx + later.width && later.sx < painted.x + painted.width
    && painted.y < later.sy + later.height && later.sy < painted.y + painted.height));
}
