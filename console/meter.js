/**
 * The line of figures below the picture: what arrived in the last second.
 */

export class Meter {
  /**
   * @param {import('./words.js').Words} words
   * @param {HTMLElement} line
   * @param {(id: string) => HTMLElement} field of the line
   */
  constructor(words, line, field) {
    this.words = words;
    this.line = line;
    this.rate = field('rate');
    this.traffic = field('traffic');
    this.trip = field('trip');
    this.size = field('size');
    this.scopes = field('scopes');
    this.last = { frames: 0, bytes: 0, at: 0 };
    for (const figure of [this.rate, this.traffic, this.trip, this.size, this.scopes]) figure.textContent = '–';
  }

  /** @param {boolean} visible */
  show(visible) {
    this.line.hidden = !visible;
  }

  /** @param {import('./call.js').Call} call */
  update({ frames, bytes, size, session }) {
    const { words, last } = this;
    const at = performance.now();
    const seconds = (at - last.at) / 1000;
    this.last = { frames, bytes, at };
    if (frames < last.frames || bytes < last.bytes) return; // another call than a second ago
    const { roundTrip } = session.pulse;
    const held = words.scopes.filter((_, i) => session.consent.grants.scopes & (1 << i));
    this.rate.textContent = words.perSecond(Math.round((frames - last.frames) / seconds));
    this.traffic.textContent = words.kilobytes((bytes - last.bytes) / 1000 / seconds);
    this.trip.textContent = Number.isNaN(roundTrip) ? '–' : words.milliseconds(roundTrip);
    this.size.textContent = size.width > 0 ? words.pixels(size.width, size.height) : '–';
    this.scopes.textContent = held.join(', ') || words.none;
  }
}
