/**
 * One call, from the code to its end: the worker, the connection and the
 * session of it, started, joined and ended here.
 *
 * @typedef {object} Page what a call shows
 * @property {import('./display.js').Display} display
 * @property {() => void} changed
 * @property {() => void} drawn our ink has changed
 * @property {boolean} mac whether its keyboard is a Mac's
 */

import { clock } from './clock.js';
import { Cursor } from './cursor.js';
import { inflateWhole } from './decoders/inflate.js';
import { connect, DeskError, leave } from './desk.js';
import { paced } from './pace.js';
import { Peer } from './peer.js';
import { INTERNAL, LOST } from './protocol/codes.js';
import { Session } from './session.js';
import { Tools } from './tools.js';
import { Views } from './views.js';

const TICK = 500; // ms

export class Call {
  /**
   * @param {Page} page
   * @param {{ name: string, reason: string }} agent
   */
  constructor(page, agent) {
    this.page = page;
    this.failure = ''; // why it did not come about: an id of the desk's errors
    this.resource = ''; // of the connection at the desk
    this.frames = 0; // painted
    this.lastShown = 0; // number of the last update painted
    this.pageBytes = 0; // received outside the worker
    this.counters = { bytes: 0, updates: 0 }; // of the worker
    this.size = { width: 0, height: 0 }; // of the picture
    this.abort = new AbortController();
    this.ticker = 0;
    /** @type {Uint8Array[] | null} what waits on ctl until the worker takes pictures: ready is among it */
    this.held = null;
    /** @type {Session} */
    this.session = this.makeSession(agent);
    this.tools = new Tools(this.session, clock, page);
    this.views = new Views(this.session, clock, () => page.display.room());
    this.worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }) => this.fromWorker(data);
    this.worker.onerror = () => this.session.end(INTERNAL, 'the worker failed');
    this.cursor = new Cursor(inflateLater, paced((shape) => this.point(shape), clock), (code, text) => this.session.end(code, text));
    /** @type {Peer} */
    this.peer = new Peer(this.worker, {
      open: () => this.session.opened(),
      message: (channel, data) => this.receive(channel, data),
      broken: (code, text) => (code === LOST ? this.session.disconnected() : this.session.end(code, text)),
    });
  }

  /**
   * @param {{ name: string, reason: string }} agent
   * @returns {Session}
   */
  makeSession(agent) {
    return new Session({
      send: (channel, message) => this.send(channel, message),
      begin: () => this.begin(),
      close: () => this.close(),
    }, agent, {
      changed: () => this.changed(),
      cursor: (message) => this.cursor.take(message),
    }, () => performance.now());
  }

  /**
   * @param {string} channel
   * @param {Uint8Array} message
   */
  send(channel, message) {
    if (this.held && channel === 'ctl') this.held.push(message);
    else this.peer.send(channel, message);
  }

  /**
   * Ready is about to leave. It waits until the worker has heard of it: a picture
   * may come sooner than a message from the page.
   */
  begin() {
    this.held = [];
    this.tellWorker({ type: 'ready' });
  }

  /** The worker takes pictures. */
  begun() {
    const { held } = this;
    this.held = null;
    for (const message of held ?? []) this.peer.send('ctl', message);
  }

  /** The session has changed. */
  changed() {
    this.tools.settle(this.views.part);
    this.views.settle();
    this.page.changed();
  }

  /** What the page shows: of the session, or that there is none. */
  get view() {
    return this.failure ? 'failed' : this.session.view;
  }

  get bytes() {
    return this.pageBytes + this.counters.bytes;
  }

  /**
   * Connects by a code of 8 characters.
   * @param {string} code
   */
  async run(code) {
    try {
      const offer = await this.peer.offer();
      const { answer, resource } = await connect(code, offer, this.abort.signal);
      this.resource = resource;
      if (this.abort.signal.aborted) return this.close();
      await this.peer.accept(answer);
      this.ticker = setInterval(() => this.session.tick(), TICK);
    } catch (error) {
      this.fail(error instanceof DeskError ? error.id : 'offer_bad');
    }
  }

  /** @param {string} id */
  fail(id) {
    if (this.abort.signal.aborted) return;
    this.failure = id;
    this.close();
    this.page.changed();
  }

  /**
   * @param {string} channel
   * @param {unknown} data
   */
  receive(channel, data) {
    if (data instanceof ArrayBuffer) this.pageBytes += data.byteLength;
    this.session.receive(channel, data);
  }

  /** @param {import('./worker.js').FromWorker} message */
  fromWorker(message) {
    switch (message.type) {
      case 'listening': return this.session.listens();
      case 'begun': return this.begun();
      case 'frame': return this.paint(message.frame);
      case 'send': return this.peer.send('screen', message.data);
      case 'closed': return this.session.disconnected();
      case 'failed': return this.session.end(message.code, message.text);
    }
  }

  /** @param {import('./cursor.js').Shape} shape */
  point(shape) {
    if (!this.abort.signal.aborted) this.page.display.setCursor(shape);
  }

  /** @param {import('./screen.js').Frame} frame */
  paint(frame) {
    if (this.abort.signal.aborted) return;
    this.page.display.paint(frame);
    this.tellWorker({ type: 'painted', pixels: frame.pixels }, [frame.pixels]);
    this.frames++;
    this.lastShown = frame.number;
    this.counters = frame.counters;
    this.size = { width: frame.width, height: frame.height };
    const moved = this.views.take(frame.part, frame.monitors);
    this.session.shown(frame.generation);
    if (moved) this.changed();
  }

  /**
   * @param {import('./worker.js').ToWorker} message
   * @param {Transferable[]} [transfer]
   */
  tellWorker(message, transfer = []) {
    this.worker.postMessage(message, transfer);
  }

  /** Ends what the call holds: clock, worker, connection, its place at the desk. */
  close() {
    this.begun(); // a bye may be among it
    this.abort.abort();
    clearInterval(this.ticker);
    this.worker.terminate();
    this.peer.close();
    leave(this.resource);
  }
}

/** Whether this browser has what a call needs. */
export const supported = () => typeof RTCPeerConnection === 'function';

/**
 * Inflates in a turn of its own, so that nothing else waits for it: of many
 * cursors that come meanwhile only the newest is looked at.
 * @param {Uint8Array} data
 * @param {number} size
 */
async function inflateLater(data, size) {
  await new Promise((resolve) => setTimeout(resolve, 0));
  return inflateWhole(data, size);
}
