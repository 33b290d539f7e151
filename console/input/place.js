/**
 * Where on the device a point of the page is.
 *
 * @typedef {{ left: number, top: number, width: number, height: number }} Box of the picture on the page, CSS pixels
 * @typedef {{ x: number, y: number, width: number, height: number }} Part of the screen that the picture shows, device pixels
 */

/**
 * The device pixel of the shown part under a point, or the nearest one where there is none.
 * @param {number} x CSS pixels, as the box
 * @param {number} y
 * @param {Box} box
 * @param {Part} part
 * @returns {[x: number, y: number]}
 */
export function place(x, y, box, part) {
  return [part.x + along(x - box.left, box.width, part.width), part.y + along(y - box.top, box.height, part.height)];
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
 * The nearest pixel that is shown.
 * @param {{ x: number, y: number }} at
 * @param {Part} part
 */
export function nearest({ x, y }, part) {
  return {
    x: Math.max(part.x, Math.min(x, part.x + part.width - 1)), y: Math.max(part.y, Math.min(y, part.y + part.height - 1)),
  };
}
