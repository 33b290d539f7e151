/**
 * A recording, read record by record out of a local file. protocol/recording.go
 * has the format; the same is refused here. Memory is bounded by one window.
 *
 * @typedef {object} Entry
 * @property {number} time µs since the recording began
 * @property {import('../protocol/kinds.js').Channel} channel
 * @property {import('../protocol/kinds.js').Direction} direction
 * @property {Uint8Array} bytes a view; empty where a device withheld them
 */

import { decode } from '../protocol/cbor.js';
import { channels } from '../protocol/kinds.js';
import { MAX_TO_CONSOLE } from '../protocol/limits.js';

const HEADER = [0x74, 0x73, 0x72, 0x65, 0x63, 0, 0, 1];
const MAX_RECORD = MAX_TO_CONSOLE + 64; // bytes
const WINDOW = 1 << 20; // bytes read at once

/** Where a file is broken, and why. */
export class RecordingError extends Error {
  /**
   * @param {number} offset bytes from the beginning
   * @param {string} why
   */
  constructor(offset, why) {
    super(`byte ${offset}: ${why}`);
    this.name = 'RecordingError';
    this.offset = offset;
  }
}

export class Recording {
  /** @param {Blob} file */
  constructor(file) {
    this.file = file;
    this.at = 0;
    this.time = 0;
    this.begin = 0; // of the window
    this.window = new Uint8Array(0);
  }

  /**
   * The next record, or null after the last.
   * @returns {Promise<Entry | null>}
   */
  async next() {
    if (this.at === 0) await this.header();
    if (this.at === this.file.size) return null;
    const [a, b, c, d] = await this.look(this.at, 4);
    const length = ((a * 256 + b) * 256 + c) * 256 + d;
    if (length > MAX_RECORD) throw this.error(`a record of ${length} bytes`);
    const data = await this.look(this.at + 4, length);
    const entry = this.entry(data);
    this.at += 4 + length;
    this.time = entry.time;
    return entry;
  }

  async header() {
    const bytes = await this.look(0, HEADER.length);
    if (HEADER.some((byte, i) => bytes[i] !== byte)) throw this.error('not a recording of version 1');
    this.at = HEADER.length;
  }

  /**
   * @param {Uint8Array} data
   * @returns {Entry}
   */
  entry(data) {
    const value = this.decode(data);
    if (!(value instanceof Map) || value.size !== 4) throw this.error('a record that is not in its one form');
    const [time, channel, direction, bytes] = [1, 2, 3, 4].map((key) => value.get(key));
    if (typeof time !== 'number' || time < this.time) throw this.error('time goes back');
    const label = typeof channel === 'number' ? channels[channel] : undefined;
    if (!label || (direction !== 0 && direction !== 1)) throw this.error('a channel or a direction that is none');
    if (!(bytes instanceof Uint8Array) || bytes.length > MAX_TO_CONSOLE) throw this.error('a message that is none');
    return { time, channel: label, direction: direction === 0 ? 'c>d' : 'd>c', bytes };
  }

  /** @param {Uint8Array} data */
  decode(data) {
    try {
      return decode(data);
    } catch {
      throw this.error('a record that is not in its one form');
    }
  }

  /**
   * Bytes of the file; what is not there is an error.
   * @param {number} at
   * @param {number} length
   */
  async look(at, length) {
    if (at + length > this.file.size) throw this.error('the file ends too early');
    if (at < this.begin || at + length > this.begin + this.window.length) {
      this.window = new Uint8Array(await this.file.slice(at, at + Math.max(WINDOW, length)).arrayBuffer());
      this.begin = at;
    }
    return this.window.subarray(at - this.begin, at - this.begin + length);
  }

  /** @param {string} why */
  error(why) {
    return new RecordingError(this.at, why);
  }
}

/**
 * How long a recording is, and where it is broken, if it is.
 * @param {Blob} file
 * @returns {Promise<{ duration: number, broken: RecordingError | null }>} µs
 */
export async function survey(file) {
  const recording = new Recording(file);
  let duration = 0;
  try {
    for (let entry = await recording.next(); entry; entry = await recording.next()) duration = entry.time;
    return { duration, broken: null };
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    return { duration, broken: error };
  }
}
