/**
 * The worker: it owns the `screen` channel, or is fed by the page where a
 * channel cannot be moved, and keeps decoding off the page's thread.
 *
 * @typedef {{ type: 'channel', channel: RTCDataChannel }
 *   | { type: 'data', data: unknown }
 *   | { type: 'ready' }
 *   | { type: 'painted', pixels: ArrayBuffer }} ToWorker
 *
 * @typedef {{ type: 'listening' }
 *   | { type: 'begun' }
 *   | { type: 'frame', frame: import('./screen.js').Frame }
 *   | { type: 'send', data: Uint8Array }
 *   | { type: 'closed' }
 *   | { type: 'failed', code: number, text: string }} FromWorker
 */

import { StreamInflater } from './decoders/inflate.js';
import { decodeJPEG } from './decoders/jpeg.js';
import { Screen } from './screen.js';
import { Picture } from './update.js';

const scope = /** @type {WorkerScope} */ (/** @type {unknown} */ (self));

/** @type {RTCDataChannel | null} null while the page feeds us */
let channel = null;

/**
 * @param {FromWorker} message
 * @param {Transferable[]} [transfer]
 */
function tell(message, transfer = []) {
  scope.postMessage(message, transfer);
}

// Nobody on the page asks which pixels are lossy, and marking them takes longer than painting some.
const picture = new Picture({ inflater: () => new StreamInflater(), jpeg: decodeJPEG }, false);

const screen = new Screen(picture, {
  send(data) {
    if (!channel) tell({ type: 'send', data }, [data.buffer]);
    else if (channel.readyState === 'open') channel.send(data);
  },
  show: (frame) => tell({ type: 'frame', frame }, [frame.pixels]),
  fail: (code, text) => tell({ type: 'failed', code, text }),
  now: () => performance.now(),
});

/** @param {RTCDataChannel} moved */
function listen(moved) {
  channel = moved;
  channel.binaryType = 'arraybuffer';
  channel.onmessage = ({ data }) => screen.receive(data);
  channel.onclose = channel.onerror = () => tell({ type: 'closed' });
}

scope.onmessage = (/** @type {MessageEvent} */ event) => {
  const message = /** @type {ToWorker} */ (event.data);
  switch (message.type) {
    case 'channel': return listen(message.channel);
    case 'data': return screen.receive(message.data);
    case 'ready':
      screen.begin();
      return tell({ type: 'begun' });
    case 'painted': return screen.painted(message.pixels);
  }
};

tell({ type: 'listening' });
