/**
 * The JPEGs of an update: how many of them are decoded at once, and painting
 * them. SPEC.md 7.5.
 *
 * @typedef {import('./jpeg.js').Decoded} Decoded
 * @typedef {import('../protocol/messages.js').JPEGRect} JPEGRect
 */

/**
 * Cuts the JPEGs of an update into batches to decode side by side. A batch has
 * no more pixels than the picture, which a sender never needs and a hostile one
 * would use to fill the memory: a kilobyte can claim 32 million pixels.
 * @param {import('../surface.js').Surface} surface
 * @param {JPEGRect[]} jpegs
 */
export function batches(surface, jpegs) {
  /** @type {JPEGRect[][]} */
  const cut = [];
  let left = 0; // pixels that still fit into the last batch
  for (const jpeg of jpegs) {
    const [x, y, width, height] = jpeg;
    surface.check(x, y, width, height);
    if (width * height > left) {
      cut.push([]);
      left = surface.width * surface.height;
    }
    cut[cut.length - 1].push(jpeg);
    left -= width * height;
  }
  return cut;
}

/**
 * @param {import('../surface.js').Surface} surface
 * @param {JPEGRect[]} jpegs
 * @param {Decoded[]} images of each
 */
export async function paintAll(surface, jpegs, images) {
  for (const [i, [x, y, width, height]] of jpegs.entries()) {
    await images[i].paint(surface.pixels, y * surface.width + x, surface.width);
    surface.painted(x, y, width, height, true);
  }
}
