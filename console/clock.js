/**
 * Time, as everything takes it that waits: tests hand in one that they turn.
 *
 * @typedef {object} Clock
 * @property {() => number} now milliseconds
 * @property {(delay: number, act: () => void) => () => void} after acts once, later; the result calls it off
 */

/** @type {Clock} */
export const clock = {
  now: () => performance.now(),
  after(delay, act) {
    const timer = setTimeout(act, delay);
    return () => clearTimeout(timer);
  },
};
