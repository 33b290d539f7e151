/**
 * What tests and benchmarks may read of the page, as globalThis.telestrator:
 * figures that change under their eyes and that they cannot change.
 */

const names = ['view', 'ink', 'pointer', 'keyboard']; // scopes, in the order of their bits

/**
 * @param {object} source
 * @param {() => string} source.view
 * @param {() => string | number} source.why a reason code, or an error of the desk
 * @param {() => import('./call.js').Call | null} source.call
 * @param {import('./display.js').Display} source.display
 */
export function publish({ view, why, call, display }) {
  const readers = {
    state: view,
    why,
    bytes: () => call()?.bytes ?? 0, // received on all channels
    updates: () => call()?.counters.updates ?? 0, // decoded
    lastShown: () => call()?.lastShown ?? 0, // number of the last update painted
    frames: () => call()?.frames ?? 0, // painted
    rtt: () => call()?.session.pulse.roundTrip ?? NaN, // ms
    size: () => ({ ...call()?.size }), // width and height of the picture
    part: () => ({ ...call()?.views.part }), // of the device's screen, that it shows
    monitors: () => (call()?.views.monitors ?? []).map((one) => ({ ...one })),
    scopes: () => names.filter((_, i) => (call()?.session.consent.grants.scopes ?? 0) & (1 << i)), // held
    asked: () => call()?.session.consent.open ?? false, // a request is before the user
    mode: () => call()?.tools.mode ?? 'look',
    hand: () => call()?.session.consent.hand.why ?? 0, // why input rests
    generation: () => call()?.session.consent.aim ?? 0, // that input and ink carry
    inputs: () => call()?.tools.acts.number ?? 0, // number of the last input sent
    pressed: () => [...call()?.tools.held.keys ?? [], ...call()?.tools.held.buttons ?? []], // codes and buttons
    typing: () => call()?.tools.typist.waiting ?? 0, // bytes that wait to be typed
    strokes: () => call()?.tools.board.seen(performance.now()).length ?? 0, // of ours, to be seen
    masks: () => (call()?.session.areas ?? []).map((area) => ({ ...area })), // private, of the picture that is shown
    protection: () => call()?.session.masks.protection ?? 0, // what the device finds of secrets
    zoom: () => display.zoom,
    scale: () => display.scale, // CSS pixels of a device's pixel
  };
  const properties = Object.entries(readers).map(([name, get]) => [name, { get, enumerable: true }]);
  const value = Object.freeze(Object.defineProperties({}, Object.fromEntries(properties)));
  Object.defineProperty(globalThis, 'telestrator', { value });
}
