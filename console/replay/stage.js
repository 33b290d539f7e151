/**
 * What a recording is played on: the worker that decodes pictures, and a session
 * that checks everything else, as in a call. Nothing is sent anywhere.
 *
 * @typedef {object} Outside
 * @property {(frame: import('../screen.js').Frame) => void} paint
 * @property {(cursor: import('../protocol/messages.js').Cursor) => void} cursor
 * @property {() => void} changed
 *
 * @typedef {object} Decoder a Worker, or what tests have for one
 * @property {(message: import('../worker.js').ToWorker, transfer: Transferable[]) => void} postMessage
 * @property {((event: MessageEvent) => void) | null} onmessage
 * @property {() => void} terminate
 */

import { DECODE } from '../protocol/codes.js';
import { decode } from '../protocol/messages.js';
import { Session } from '../session.js';

const PATIENCE = 10_000; // ms for the worker to show what was shown

export class Stage {
  /**
   * @param {Decoder} worker
   * @param {Outside} outside
   * @param {import('../clock.js').Clock} clock
   */
  constructor(worker, outside, clock) {
    this.worker = worker;
    this.outside = outside;
    this.clock = clock;
    this.heard = false; // something of the device's
    this.shown = 0; // number of the last update that was acknowledged
    this.closed = false;
    this.wake = () => {};
    this.session = new Session({ send: () => {}, begin: () => this.begin(), close: () => {} },
      { name: '', reason: '' }, { changed: () => outside.changed(), cursor: (message) => outside.cursor(message) }, clock.now);
    worker.onmessage = ({ data }) => this.fromWorker(data);
    /** @type {Promise<void>} */
    this.listening = new Promise((resolve) => { this.listens = resolve; });
  }

  begin() {
    this.worker.postMessage({ type: 'ready' }, []);
  }

  /** @param {import('./recording.js').Entry} entry */
  async take({ channel, direction, bytes }) {
    await this.listening;
    if (this.closed) return;
    if (direction === 'c>d') return this.follow(channel, bytes);
    if (!this.heard) this.open(channel, bytes);
    const { buffer } = bytes.slice();
    if (channel === 'screen') this.worker.postMessage({ type: 'data', data: buffer }, [buffer]);
    else this.session.receive(channel, buffer);
  }

  /**
   * A console's recording begins with a welcome, a device's with a grant.
   * @param {string} channel
   * @param {Uint8Array} bytes
   */
  open(channel, bytes) {
    if (channel === 'ping') return;
    this.heard = true;
    if (bytes[0] === 0x82 && bytes[1] === 2) return; // a welcome, whatever is in it
    this.session.state = 'waiting';
    this.begin();
  }

  /**
   * The console that was recorded had shown an update: wait until it is shown
   * here too. So no more waits to be decoded than did then.
   * @param {string} channel
   * @param {Uint8Array} bytes
   */
  async follow(channel, bytes) {
    const number = acknowledged(channel, bytes);
    const end = this.clock.now() + PATIENCE;
    while (this.shown < number && !this.closed && this.session.state !== 'over') {
      if (this.clock.now() >= end) return this.session.end(DECODE, 'pictures that were shown are not in the recording');
      await this.news();
    }
  }

  /** Something has been shown, or time has passed. */
  news() {
    return /** @type {Promise<void>} */ (new Promise((resolve) => {
      const off = this.clock.after(PATIENCE, resolve);
      this.wake = () => { off(); resolve(); };
    }));
  }

  /** @param {import('../worker.js').FromWorker} message */
  fromWorker(message) {
    if (this.closed) return;
    switch (message.type) {
      case 'listening': this.session.listens(); return this.listens?.();
      case 'frame': return this.paint(message.frame);
      case 'send': this.shown = Math.max(this.shown, acknowledged('screen', message.data)); return this.wake();
      case 'failed': this.session.end(message.code, message.text); return this.wake();
    }
  }

  /** @param {import('../screen.js').Frame} frame */
  paint(frame) {
    this.outside.paint(frame);
    this.worker.postMessage({ type: 'painted', pixels: frame.pixels }, [frame.pixels]);
    this.session.shown(frame.generation);
  }

  close() {
    this.closed = true;
    this.listens?.();
    this.wake();
    this.worker.terminate();
  }
}

/**
 * The number of an ack; 0 for anything else, which a console may have said too.
 * @param {string} channel
 * @param {Uint8Array} bytes
 */
function acknowledged(channel, bytes) {
  if (channel !== 'screen') return 0;
  try {
    const { message } = decode(bytes, { direction: 'c>d', channel, state: 'live' });
    const { kind, number } = /** @type {{ kind: string, number: number }} */ (/** @type {unknown} */ (message));
    return kind === 'ack' ? number : 0;
  } catch {
    return 0;
  }
}
