/**
 * Showing at the pace of the eye. Whatever a device says on `evt`, it may say
 * as often as it likes; what it said last is enough to be shown.
 */

export const APART = 16; // ms between two times that something is shown

/**
 * Acts at once, and then no sooner than APART after the last time: what comes
 * meanwhile waits, and of that only the newest.
 * @template {unknown[]} T
 * @param {(...newest: T) => void} act
 * @param {import('./clock.js').Clock} clock
 * @returns {(...values: T) => void}
 */
export function paced(act, clock) {
  let last = -Infinity, waiting = false;
  /** @type {T} */
  let newest;
  const now = () => {
    waiting = false;
    last = clock.now();
    act(...newest);
  };
  return (...values) => {
    newest = values;
    if (waiting) return;
    const rest = last + APART - clock.now();
    if (rest <= 0) return now();
    waiting = true;
    clock.after(rest, now);
  };
}
