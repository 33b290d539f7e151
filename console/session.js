/**
 * One session as the console sees it: opening, asking, and what is shown of
 * it. No page, no connection and no clock of its own, so that tests can play
 * every course of it.
 *
 *     connecting → asking ⇄ refused
 *                    ↓  ↖─ taken
 *                  opening → live ⇄ paused, gone           any → ended
 *
 * @typedef {'connecting' | 'asking' | 'refused' | 'taken' | 'opening' | 'live' | 'paused' | 'gone' | 'ended'} View
 *   what the page shows. Refused: the user said no or did not answer; taken: the
 *   user stopped sharing; opening: granted, no picture yet; gone: the device's
 *   screen is being waited for
 *
 * @typedef {object} Link what a session needs of its connection
 * @property {(channel: string, message: Uint8Array) => void} send
 * @property {() => void} begin the picture may come: ready is about to leave
 * @property {() => void} close
 *
 * @typedef {object} Listener
 * @property {() => void} changed something of the view may have changed
 * @property {(cursor: import('./protocol/messages.js').Cursor) => void} cursor
 */

import { ALL, Consent } from './consent.js';
import { Masks } from './masks.js';
import * as code from './protocol/codes.js';
import { Refusal } from './protocol/codes.js';
import { MAX_REASON } from './protocol/limits.js';
import { decode, decodeJoined, encode } from './protocol/messages.js';
import { Joiner } from './protocol/parts.js';
import { Pulse } from './pulse.js';
import { cut } from './text.js';

const VERSION = 1;
const CAPABILITIES = [1, 2, 3, 4, 5, 6, 7]; // copy, jpeg, cursor, ink, private, view, rate: SPEC.md 5.1
const INK_APART = 4; // no picture carries ink: the console shows its own
const VIEWS = 6; // a part of the screen, or a scaled picture, can be asked for
const REFRESH_MS = 500; // between two refreshes

export class Session {
  /**
   * @param {Link} link
   * @param {{ name: string, reason: string }} agent what the user is shown
   * @param {Listener} listener
   * @param {() => number} now milliseconds
   */
  constructor(link, agent, listener, now) {
    this.link = link;
    this.agent = agent;
    this.listener = listener;
    this.now = now;
    /** @type {import('./protocol/states.js').State} of SPEC.md 4.1 */
    this.state = 'opening';
    this.listening = false; // the worker can take pictures
    this.broken = false; // a channel closed
    this.device = ''; // its name, as it came
    this.inkApart = false; // our ink is ours to show
    this.viewable = false; // the device has views
    this.looks = 0; // number of the last look
    this.consent = new Consent();
    this.masks = new Masks();
    this.meter = { number: 0, cap: 0, bytes: 0 }; // what the device says that it sends: SPEC.md 9.4
    this.rates = 0; // number of the last wish
    this.pulse = new Pulse(now);
    this.joiner = new Joiner({ ordered: false });
    this.cursorNumber = 0;
    this.refreshes = { number: 0, at: -Infinity };
    this.ending = { code: 0, ours: false, text: '' };
  }

  /** @returns {View} */
  get view() {
    if (this.state === 'over') return 'ended';
    return this.state === 'opening' || this.state === 'greeted' ? 'connecting' : this.consent.view;
  }

  /** The code that says why the view is what it is, or 0. */
  get why() {
    if (this.state === 'over') return this.ending.code;
    return this.view === 'refused' ? this.consent.why : 0;
  }

  /** The areas that are private in the picture that is shown. */
  get areas() {
    return this.state !== 'over' && this.consent.seen ? this.masks.over(this.consent.generation) : [];
  }

  /** Every channel is open: say hello. */
  opened() {
    this.send('ctl', 'hello', { version: VERSION, capabilities: CAPABILITIES, name: this.agent.name });
  }

  /** The worker listens. */
  listens() {
    this.listening = true;
    this.begin();
  }

  begin() {
    if (!this.listening || this.state !== 'greeted') return;
    this.state = 'waiting';
    this.link.begin();
    this.send('ctl', 'ready', {});
    this.ask();
  }

  /** Asks the user to show the screen, and for what helps with it. */
  ask() {
    if (this.state === 'waiting') this.request(ALL, this.agent.reason);
  }

  /**
   * Asks for more while the screen is shown, one request at a time.
   * @param {number} scopes
   * @param {string} reason shown to the user
   */
  askFor(scopes, reason) {
    const { consent } = this;
    if (consent.holdsView && !consent.open && scopes & ~consent.grants.scopes) this.request(scopes, reason);
  }

  /**
   * @param {number} scopes
   * @param {string} reason
   */
  request(scopes, reason) {
    this.send('ctl', 'request', { number: this.consent.next(scopes), scopes, reason: cut(reason, MAX_REASON) });
    this.listener.changed();
  }

  /** Asks for the whole picture anew. */
  refresh() {
    const now = this.now();
    if (this.state !== 'live' || now - this.refreshes.at < REFRESH_MS) return;
    this.refreshes = { number: this.refreshes.number + 1, at: now };
    this.send('ctl', 'refresh', { number: this.refreshes.number });
  }

  /**
   * Asks for a view of the screen. The device merges those that come too fast.
   * @param {import('./views.js').Wish} wish
   * @returns {boolean} whether that can be done now
   */
  look({ x, y, width, height, mostWidth, mostHeight }) {
    if (this.state !== 'live' || !this.viewable) return false;
    this.looks++;
    this.send('ctl', 'look', { number: this.looks, x, y, width, height, mostWidth, mostHeight });
    return true;
  }

  /**
   * Takes one message as a channel of the page delivered it.
   * @param {string} channel
   * @param {unknown} data
   */
  receive(channel, data) {
    if (this.state === 'over') return;
    this.pulse.heard();
    try {
      if (!(data instanceof ArrayBuffer)) throw new Refusal(code.FORM, 'text instead of bytes');
      const { message, drop } = decode(new Uint8Array(data), { direction: 'd>c', channel, state: this.state });
      if (!drop) this.take(message);
    } catch (error) {
      this.end(code.codeOf(error), error instanceof Error ? error.message : '');
    }
  }

  /** @param {import('./protocol/messages.js').Message} message */
  take(message) {
    switch (message.kind) {
      case 'welcome': return this.welcome(message);
      case 'grants': this.consent.grant(message); return this.settle();
      case 'paused': this.consent.pause(message); return this.settle();
      case 'hand': this.consent.rest(message); return this.listener.changed();
      case 'masks': this.masks.take(message); return this.listener.changed();
      case 'meter': return this.metered(message);
      case 'error': this.consent.refuse(message); return this.settle();
      case 'bye': return this.finish(message.code, message.text, false);
      case 'ping': return this.ping(message);
      case 'cursor': return this.cursor(message);
      case 'part': return this.join(message);
      default: return undefined;
    }
  }

  /** @param {import('./protocol/messages.js').MeterMessage} message */
  metered({ number, cap, bytes }) {
    if (number > this.meter.number) this.meter = { number, cap, bytes };
  }

  /**
   * Asks for pictures of so many bytes a second at most.
   * @param {number} most 0 for no wish
   */
  limit(most) {
    if (this.state !== 'opening' && this.state !== 'greeted' && this.state !== 'over') {
      this.send('ctl', 'rate', { number: ++this.rates, most });
    }
  }

  /** @param {import('./protocol/messages.js').Welcome} message */
  welcome({ version, capabilities, device }) {
    if (version !== VERSION) throw new Refusal(code.VERSION, `version ${version}`);
    if (!capabilities.every((one) => CAPABILITIES.includes(one))) {
      throw new Refusal(code.RANGE, 'welcome: a capability that nobody offered');
    }
    this.device = device;
    this.inkApart = capabilities.includes(INK_APART);
    this.viewable = capabilities.includes(VIEWS);
    this.state = 'greeted';
    this.begin();
    this.listener.changed();
  }

  /** Brings the state in line with what is granted and paused. */
  settle() {
    this.state = this.consent.state;
    this.listener.changed();
  }

  /** @param {import('./protocol/messages.js').Ping} message */
  ping(message) {
    const reply = this.pulse.take(message);
    if (reply) this.send('ping', 'ping', reply);
  }

  /** @param {import('./protocol/messages.js').Cursor} message */
  cursor(message) {
    if (message.number <= this.cursorNumber) return;
    this.cursorNumber = message.number;
    this.listener.cursor(message);
  }

  /** @param {import('./protocol/messages.js').Part} part */
  join(part) {
    const whole = this.joiner.add(part);
    if (!whole) return;
    const { message, drop } = decodeJoined(whole, { direction: 'd>c', channel: 'evt', state: this.state });
    if (!drop) this.take(message);
  }

  /**
   * Whether something that needs one of these scopes has an effect now.
   * @param {number} scopes
   */
  may(scopes) {
    return this.state !== 'over' && this.consent.may(scopes);
  }

  /**
   * A picture has been painted.
   * @param {number} generation of it
   */
  shown(generation) {
    if (this.state === 'over') return;
    this.pulse.heard();
    if (generation === this.consent.generation) return;
    this.consent.generation = generation;
    this.listener.changed();
  }

  /** Called twice a second: asks for a ping, and notices silence. */
  tick() {
    if (this.state === 'over') return;
    this.pulse.tick();
    const opening = this.state === 'opening';
    if (opening && (this.broken || this.pulse.tooLong)) this.finish(code.TIMEOUT, '', true);
    else if (!opening && (this.broken || this.pulse.silent)) this.finish(code.LOST, '', true);
    else if (!opening) this.send('ping', 'ping', this.pulse.ask());
  }

  /** A channel closed: the session is lost at the next tick, unless a bye explains it before. */
  disconnected() {
    this.broken = true;
  }

  /** The agent leaves. */
  leave() {
    this.end(code.LEFT, '');
  }

  /**
   * Ends the session from this side, with a bye.
   * @param {number} reason
   * @param {string} text for the other side
   */
  end(reason, text) {
    if (this.state === 'over') return;
    this.send('ctl', 'bye', { code: reason, text: cut(text, MAX_REASON) });
    this.finish(reason, text, true);
  }

  /**
   * @param {number} reason
   * @param {string} text
   * @param {boolean} ours whether this side ended it
   */
  finish(reason, text, ours) {
    if (this.state === 'over') return;
    this.state = 'over';
    this.ending = { code: reason, ours, text };
    this.link.close();
    this.listener.changed();
  }

  /**
   * @param {string} channel
   * @param {string} kind
   * @param {{ [field: string]: import('./protocol/cbor.js').Value }} message
   */
  send(channel, kind, message) {
    this.link.send(channel, encode(kind, message));
  }
}
