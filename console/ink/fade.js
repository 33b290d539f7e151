/**
 * How a stroke goes: on the device, where a pixel is covered or not, it gets
 * thinner in a few steps, the last of which leaves nothing. ink/fade.go is the
 * twin of this.
 */

const THIN_STEPS = 4;
const THIN_EVERY = 100; // ms

/**
 * The width that a stroke is to be seen with.
 * @param {{ width: number, gone: number }} stroke
 * @param {number} now
 */
export function widthAt({ width, gone }, now) {
  return thinned(width, Math.min(Math.ceil((gone - now) / THIN_EVERY), THIN_STEPS));
}

/**
 * When a stroke looks different by itself; Infinity: never.
 * @param {{ width: number, gone: number }} stroke
 * @param {number} now
 */
export function nextChange(stroke, now) {
  const { width, gone } = stroke;
  for (let left = THIN_STEPS - 1; left > 0; left--) {
    const at = gone - left * THIN_EVERY;
    if (at > now && thinned(width, left) !== widthAt(stroke, now)) return at;
  }
  return gone;
}

/**
 * The width with some of the steps left. It stays odd or even, and with it the
 * middle of the stroke stays where it is.
 * @param {number} width
 * @param {number} left
 */
function thinned(width, left) {
  const thin = Math.floor(width * left / THIN_STEPS);
  return Math.max(thin % 2 === width % 2 ? thin : thin + 1, 2 - width % 2);
}
