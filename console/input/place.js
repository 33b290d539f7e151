/**
 * Where on the device a point of the page is.
 *
 * @typedef {{ left: number, top: number, width: number, height: number }} Box of the picture on the page, CSS pixels
 * @typedef {{ width: number, height: number }} Size of the picture, device pixels
 */

/**
 * The device pixel under a point, or the nearest one where there is none.
 * @param {number} x CSS pixels, as the box
 * @param {number} y
 * @param {Box} box
 * @param {Size} size
 * @returns {[x: number, y: number]}
 */
export function place(x, y, box, size) {
  return [along(x - box.left, box.width, size.width), along(y - box.top, box.height, size.height)];
}

/**
 * @param {number} offset
 * @param {number} shown
 * @param {number} pixels
 */
function along(offset, shown, pixels) {
  return Math.max(0, Math.min(pixels - 1, Math.floor(offset * pixels / shown)));
}

/**
 * The nearest pixel that there is.
 * @param {{ x: number, y: number }} at
 * @param {Size} size
 */
export function nearest({ x, y }, { width, height }) {
  return { x: Math.max(0, Math.min(x, width - 1)), y: Math.max(0, Math.min(y, height - 1)) };
}
