import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Peer } from '../peer.js';
import { FOREIGN, LOST } from '../protocol/codes.js';

/** As much of RTCPeerConnection as a Peer touches. */
class FakeConnection {
  constructor() {
    /** @type {any[]} */
    this.made = [];
    this.connectionState = 'new';
    this.iceGatheringState = 'complete';
    this.localDescription = { sdp: 'offer' };
  }

  /** @param {string} label @param {object} options */
  createDataChannel(label, options) {
    /** @type {Uint8Array[]} */
    const sent = [];
    const channel = { label, options, readyState: 'connecting', sent, send: (/** @type {Uint8Array} */ data) => sent.push(data) };
    this.made.push(channel);
    return channel;
  }

  async setLocalDescription() {}
}

/** @param {boolean} movable whether channels can be transferred to a worker */
function making(movable = true) {
  globalThis.RTCPeerConnection = /** @type {any} */ (FakeConnection);
  /** @type {any[]} */
  const toWorker = [];
  /** @type {any[]} */
  const events = [];
  const worker = /** @type {any} */ ({
    postMessage(/** @type {any} */ message, /** @type {any[]} */ transfer) {
      if (message.type === 'channel' && !movable) throw new Error('DataCloneError');
      toWorker.push({ message, transfer });
    },
  });
  const peer = new Peer(worker, {
    message: (channel, data) => events.push([channel, data]),
    open: () => events.push('open'),
    broken: (code) => events.push(code),
  });
  return { peer, toWorker, events, connection: /** @type {any} */ (peer.connection) };
}

test('peer: the seven channels of SPEC.md 2, in the order of their ids', () => {
  const { connection } = making();
  assert.deepEqual(connection.made.map((/** @type {any} */ { label, options }) => [label, options]), [
    ['ctl', {}], ['evt', { ordered: false }], ['input', {}], ['move', { ordered: false, maxRetransmits: 0 }],
    ['ink', { ordered: false }], ['ping', { ordered: false, maxRetransmits: 0 }], ['screen', {}],
  ].map(([label, mode], id) => [label, { negotiated: true, id, protocol: 'telestrator.1', .../** @type {object} */ (mode) }]));
});

test('peer: the screen goes to the worker untouched, in the task that makes it', () => {
  const { toWorker, connection } = making();
  const screen = connection.made[6];
  assert.deepEqual(toWorker, [{ message: { type: 'channel', channel: screen }, transfer: [screen] }]);
  assert.equal(screen.onmessage, undefined);
});

test('peer: where it cannot move, its messages do', () => {
  const { peer, toWorker, connection } = making(false);
  const data = new ArrayBuffer(3), screen = connection.made[6];
  screen.onmessage({ data });
  assert.deepEqual(toWorker, [{ message: { type: 'data', data }, transfer: [data] }]);
  screen.readyState = 'open';
  peer.send('screen', Uint8Array.of(1));
  assert.deepEqual(screen.sent, [Uint8Array.of(1)]);
});

test('peer: it is open when every channel of the page is', () => {
  const { events, connection } = making();
  for (const channel of connection.made.slice(0, 6)) {
    assert.deepEqual(events, []);
    channel.readyState = 'open';
    channel.onopen();
  }
  assert.deepEqual(events, ['open']);
});

test('peer: a foreign channel, a closed one, a failed connection', () => {
  const { events, connection } = making();
  connection.ondatachannel();
  connection.made[2].onclose();
  connection.made[1].onerror();
  connection.connectionState = 'disconnected';
  connection.onconnectionstatechange();
  connection.connectionState = 'failed';
  connection.onconnectionstatechange();
  assert.deepEqual(events, [FOREIGN, LOST, LOST, LOST]);
});

test('peer: the offer has its candidates', async () => {
  assert.equal(await making().peer.offer(), 'offer');
});

test('peer: nothing is sent on a channel that is not open', () => {
  const { peer, connection } = making();
  peer.send('ctl', Uint8Array.of(1));
  peer.send('elsewhere', Uint8Array.of(1));
  assert.deepEqual(connection.made[0].sent, []);
});
