/**
 * Stands in for call.js in browser_test.go: session, tools and page are the
 * real ones, and the device at the other end is the test, as globalThis.device.
 */

import { clock } from './clock.js';
import { decode, encode } from './protocol/messages.js';
import { Session } from './session.js';
import { Tools } from './tools.js';
import { Views } from './views.js';

const states = { 1: 'opening', 3: 'greeted' }; // in which a device takes these kinds

export const supported = () => true;

export class Call {
  constructor(page, agent) {
    this.page = page;
    this.failure = '';
    this.frames = this.bytes = this.lastShown = 0;
    this.counters = { bytes: 0, updates: 0 };
    this.size = { width: 0, height: 0 };
    this.numbers = {};
    this.sent = [];
    this.session = new Session({
      send: (channel, data) => this.note(channel, data), begin() {}, close() {},
    }, agent, { changed: () => this.changed(), cursor: (cursor) => page.display.setCursor({ ...cursor, pixels: null }) }, clock.now);
    this.tools = new Tools(this.session, clock, page);
    this.views = new Views(this.session, clock, () => page.display.room());
    globalThis.device = this;
  }

  run() {
    this.session.opened();
    this.session.listens();
    this.tell('welcome', { version: 1, capabilities: [1, 2, 3, 4, 5, 6], session: '0123456789abcdef', device: 'Demo tablet', limits: [1, 2, 3, 4, 5, 6, 7] });
  }

  get view() {
    return this.session.view;
  }

  changed() {
    this.tools.settle(this.views.part);
    this.views.settle();
    this.page.changed();
  }

  note(channel, data) {
    const { message } = decode(data, { direction: 'c>d', channel, state: states[data[1]] ?? 'live' });
    if (message.kind !== 'ping') this.sent.push({ channel, at: clock.now(), ...message });
  }

  /** What came since the last time, of these kinds. */
  took(...kinds) {
    return this.sent.splice(0).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  }

  tell(kind, fields) {
    this.numbers[kind] = (this.numbers[kind] ?? 0) + 1;
    this.session.receive('evt', encode(kind, { number: this.numbers[kind], ...fields }).slice().buffer);
  }

  /** Writes a message, for a test that numbers it itself. */
  encode = encode;

  /** Grants scopes, in a generation of their own. */
  grant(scopes, asked = 0, answered = this.session.consent.request) {
    this.tell('grants', { generation: this.session.consent.aim + 1, scopes, asked, answered });
  }

  /** Shows a picture of one colour, or what draw draws on it: of all of the screen, or a part. */
  show(width, height, draw = () => {}, part = { x: 0, y: 0, width, height }, monitors = []) {
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    draw(context);
    const pixels = context.getImageData(0, 0, width, height).data.buffer;
    this.size = { width, height };
    this.page.display.paint({ width, height, part, rects: [{ x: 0, y: 0, width, height }], pixels });
    this.frames++;
    const moved = this.views.take(part, monitors);
    this.session.shown(this.session.consent.aim);
    if (moved) this.changed();
  }
}
