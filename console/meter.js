/**
 * The line below the picture: what the agent does and is allowed to do, and
 * the figures of what arrived in the last second.
 */

import { say } from './groups.js';

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
    this.total = field('total');
    this.trip = field('trip');
    this.size = field('size');
    this.mode = field('mode');
    this.scopes = field('scopes');
    this.privacy = field('privacy');
    this.privacySaid = field('privacySaid');
    this.chips = words.scopes.map((name) => this.makeChip(name));
    this.last = { frames: 0, bytes: 0, at: 0 };
    for (const figure of [this.rate, this.traffic, this.total, this.trip, this.size]) figure.textContent = '–';
  }

  /** @param {string} name of a scope */
  makeChip(name) {
    const chip = this.scopes.ownerDocument.createElement('span');
    chip.className = 'chip';
    chip.textContent = name;
    chip.setAttribute('role', 'img');
    this.scopes.append(chip);
    return chip;
  }

  /**
   * @param {import('./call.js').Call | null} call
   * @param {boolean} visible
   * @param {number} hidden areas of the picture
   */
  show(call, visible, hidden) {
    this.line.hidden = !visible;
    if (!call || !visible) return say(this.privacySaid, '');
    const { words, mode, chips } = this;
    this.showPrivacy(call.session, hidden);
    mode.textContent = words.page[call.tools.mode];
    chips.forEach((chip, i) => {
      const held = call.session.consent.holds(1 << i);
      chip.classList.toggle('held', held);
      chip.title = `${words.scopes[i]}: ${held ? words.allowed : words.notAllowed}`;
      chip.setAttribute('aria-label', chip.title);
    });
  }

  /**
   * @param {import('./session.js').Session} session
   * @param {number} hidden
   */
  showPrivacy({ masks }, hidden) {
    const { privacy, privacySaid, words } = this;
    const known = masks.number > 0, protection = words.protections[masks.protection];
    privacy.textContent = known ? words.areas(hidden) + (masks.protection === 0 ? `; ${words.unprotected}` : '') : '–';
    privacy.title = known ? protection : '';
    say(privacySaid, known ? `${words.areasSaid(hidden)} ${protection}` : '');
  }

  /**
   * What the device says that it has sent in all, and may send at most.
   * @param {{ number: number, cap: number, bytes: number }} meter
   */
  showTotal({ number, cap, bytes }) {
    const { words, total } = this;
    total.textContent = number === 0 ? '–' : words.megabytes(bytes / 1e6) + (cap > 0 ? `; ${words.atMost(words.kilobytes(cap / 1000))}` : '');
  }

  /** @param {import('./call.js').Call} call */
  update({ frames, bytes, size, session }) {
    const { words, last } = this;
    const at = performance.now();
    const seconds = (at - last.at) / 1000;
    this.last = { frames, bytes, at };
    if (frames < last.frames || bytes < last.bytes) return; // another call than a second ago
    const { roundTrip } = session.pulse;
    this.rate.textContent = words.perSecond(Math.round((frames - last.frames) / seconds));
    this.traffic.textContent = words.kilobytes((bytes - last.bytes) / 1000 / seconds);
    this.showTotal(session.meter);
    this.trip.textContent = Number.isNaN(roundTrip) ? '–' : words.milliseconds(roundTrip);
    this.size.textContent = size.width > 0 ? words.pixels(size.width, size.height) : '–';
  }
}
