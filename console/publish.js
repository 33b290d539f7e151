/**
 * What tests and benchmarks may read of the page, as globalThis.telestrator:
 * figures that change under their eyes and that they cannot change.
 */

/**
 * @param {object} source
 * @param {() => string} source.view
 * @param {() => string | number} source.why a reason code, or an error of the desk
 * @param {() => import('./call.js').Call | null} source.call
 */
export function publish({ view, why, call }) {
  const readers = {
    state: view,
    why,
    bytes: () => call()?.bytes ?? 0, // received on all channels
    updates: () => call()?.counters.updates ?? 0, // decoded
    lastShown: () => call()?.lastShown ?? 0, // number of the last update painted
    frames: () => call()?.frames ?? 0, // painted
    rtt: () => call()?.session.pulse.roundTrip ?? NaN, // ms
    size: () => ({ ...call()?.size }), // width and height of the picture
  };
  const properties = Object.entries(readers).map(([name, get]) => [name, { get, enumerable: true }]);
  const value = Object.freeze(Object.defineProperties({}, Object.fromEntries(properties)));
  Object.defineProperty(globalThis, 'telestrator', { value });
}
