/**
 * One WebRTC connection as message pipes. SPEC.md 2. Nothing else in the
 * console knows RTCPeerConnection.
 *
 * @typedef {object} Events
 * @property {(channel: import('./protocol/kinds.js').Channel, data: unknown) => void} message
 * @property {() => void} open every channel of the page is open
 * @property {(code: number, text: string) => void} broken
 */

import { readAnswer } from './answer.js';
import { FOREIGN, LOST } from './protocol/codes.js';
import { channels } from './protocol/kinds.js';

const GATHERING = 1000; // ms to wait for candidates at most
const DRAINING = 200; // ms for the last message to leave

/** @type {{ [label: string]: RTCDataChannelInit }} all others are ordered and reliable */
const modes = {
  evt: { ordered: false },
  move: { ordered: false, maxRetransmits: 0 },
  ink: { ordered: false },
  ping: { ordered: false, maxRetransmits: 0 },
};

export class Peer {
  /**
   * Makes the seven channels; nothing leaves before offer.
   * @param {Worker} worker gets the screen channel, in the task that makes it
   * @param {Events} events
   */
  constructor(worker, events) {
    this.worker = worker;
    this.events = events;
    this.connection = new RTCPeerConnection({ iceServers: [] });
    this.connection.ondatachannel = () => events.broken(FOREIGN, 'a channel beyond the seven');
    this.connection.onconnectionstatechange = () => {
      if (this.connection.connectionState === 'failed') events.broken(LOST, 'no way to the device');
    };
    /** @type {Map<string, RTCDataChannel>} those that stay in the page */
    this.channels = new Map();
    this.isOpen = false;
    for (const [id, label] of channels.entries()) this.make(label, id);
  }

  /**
   * @param {import('./protocol/kinds.js').Channel} label
   * @param {number} id
   */
  make(label, id) {
    const channel = this.connection.createDataChannel(label, {
      negotiated: true, id, protocol: 'telestrator.1', ...modes[label],
    });
    if (label === 'screen' && this.move(channel)) return;
    this.channels.set(label, channel);
    channel.binaryType = 'arraybuffer';
    channel.onopen = () => this.opened();
    channel.onclose = channel.onerror = () => this.events.broken(LOST, `${label} closed`);
    channel.onmessage = label === 'screen' ? this.feed : ({ data }) => this.events.message(label, data);
  }

  /**
   * Gives the channel to the worker, where the browser can do that.
   * @param {RTCDataChannel} channel
   */
  move(channel) {
    try {
      const transfer = /** @type {Transferable[]} */ (/** @type {unknown} */ ([channel]));
      this.worker.postMessage({ type: 'channel', channel }, transfer);
      return true;
    } catch {
      return false;
    }
  }

  /** Hands screen messages to the worker, where the channel could not move. */
  feed = (/** @type {MessageEvent} */ { data }) => {
    this.worker.postMessage({ type: 'data', data }, data instanceof ArrayBuffer ? [data] : []);
  };

  opened() {
    if (this.isOpen || [...this.channels.values()].some(({ readyState }) => readyState !== 'open')) return;
    this.isOpen = true;
    this.events.open();
  }

  /** Makes the offer and waits until it has its candidates. */
  async offer() {
    await this.connection.setLocalDescription();
    await this.gathered();
    return this.connection.localDescription?.sdp ?? '';
  }

  gathered() {
    const { connection } = this;
    return new Promise((resolve) => {
      const check = () => { if (connection.iceGatheringState === 'complete') resolve(undefined); };
      connection.onicegatheringstatechange = check;
      setTimeout(resolve, GATHERING);
      check();
    });
  }

  /**
   * Takes of an answer what readAnswer leaves of it.
   * @param {string} sdp
   */
  async accept(sdp) {
    await this.connection.setRemoteDescription({ type: 'answer', sdp: readAnswer(sdp) });
  }

  /**
   * @param {string} label
   * @param {Uint8Array} data
   */
  send(label, data) {
    const channel = this.channels.get(label);
    if (channel?.readyState === 'open') channel.send(data);
  }

  /** Ends the connection; what was sent on ctl has a moment to leave. */
  close() {
    this.connection.ondatachannel = this.connection.onconnectionstatechange = null;
    for (const channel of this.channels.values()) {
      channel.onmessage = channel.onclose = channel.onerror = channel.onopen = null;
    }
    setTimeout(() => this.connection.close(), this.isOpen ? DRAINING : 0);
  }
}
