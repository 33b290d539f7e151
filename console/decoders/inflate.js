/**
 * The deflate stream of the tiles, and the deflated cursor, by the browser's
 * own DecompressionStream. SPEC.md 7.3. The one place that knows inflating.
 *
 * @typedef {{ readable: ReadableStream, writable: WritableStream }} Stream a
 *   DecompressionStream, or in tests one made of node:zlib
 *
 * @typedef {object} Inflater one deflate stream
 * @property {(chunk: Uint8Array, size: number) => Promise<Uint8Array>} take inflates one chunk
 *   to exactly size bytes; the result is valid until the next take
 * @property {() => void} close
 */

import { DECODE, Refusal } from '../protocol/codes.js';

// A chunk goes in by slices, so that one that inflates to more than it said is
// seen after one slice: 16 KiB can become 17 MB at most.
const SLICE = 16 << 10;

// An empty stored block, not final: it adds nothing to a stream that is at the
// end of a block, and fails one that has ended or is in the middle of a block.
const EMPTY_BLOCK = Uint8Array.of(0, 0, 0, 0xff, 0xff);

const native = () => new DecompressionStream('deflate-raw');

/** A deflate stream whose chunks each end in a sync flush. */
export class StreamInflater {
  /** @param {Stream} stream */
  constructor(stream = native()) {
    this.writer = stream.writable.getWriter();
    this.reader = stream.readable.getReader();
    // Errors are reported by take; nobody waits for these two.
    this.writer.closed.catch(() => {});
    this.reader.closed.catch(() => {});
    /** @type {Promise<ReadableStreamReadResult<Uint8Array>> | null} a read that nothing came for yet */
    this.reading = null;
    this.target = new Uint8Array(0);
    this.size = 0;
  }

  /**
   * @param {Uint8Array} chunk
   * @param {number} size
   */
  async take(chunk, size) {
    if (!isFlushed(chunk)) throw new Refusal(DECODE, 'a chunk that is not flushed');
    if (this.target.length < size) this.target = new Uint8Array(size);
    this.size = 0;
    for (let at = 0; at < chunk.length; at += SLICE) await this.feed(chunk.subarray(at, at + SLICE), size);
    await this.feed(EMPTY_BLOCK, size);
    if (this.size !== size) throw new Refusal(DECODE, `inflates to ${this.size} bytes instead of ${size}`);
    return this.target.subarray(0, size);
  }

  /**
   * Puts bytes in and takes everything out that they make. A write is done when
   * all its output is queued (Compression Standard, "decompress and enqueue a
   * chunk"), so a read that still waits then has nothing to wait for until the
   * next write.
   * @param {Uint8Array} bytes
   * @param {number} limit of the bytes out so far
   */
  async feed(bytes, limit) {
    try {
      const written = this.writer.write(bytes).then(() => null);
      for (;;) {
        this.reading ??= this.reader.read();
        const result = await Promise.race([this.reading, written]);
        if (!result) return;
        this.reading = null;
        if (result.done) throw new Refusal(DECODE, 'the deflate stream ended');
        this.keep(result.value, limit);
      }
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal(DECODE, 'the deflate stream is broken');
    }
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} limit
   */
  keep(bytes, limit) {
    if (this.size + bytes.length > limit) throw new Refusal(DECODE, `inflates to more than ${limit} bytes`);
    this.target.set(bytes, this.size);
    this.size += bytes.length;
  }

  close() {
    this.writer.abort().catch(() => {});
    this.reading?.catch(() => {});
  }
}

/** @param {Uint8Array} chunk */
export function isFlushed(chunk) {
  const end = chunk.subarray(-4);
  return end.length === 4 && end[0] === 0 && end[1] === 0 && end[2] === 0xff && end[3] === 0xff;
}

/**
 * Inflates data that is complete in itself to exactly size bytes.
 * @param {Uint8Array} data
 * @param {number} size
 * @param {Stream} stream
 */
export async function inflateWhole(data, size, stream = native()) {
  const reader = new Blob([data]).stream().pipeThrough(stream).getReader();
  const target = new Uint8Array(size);
  let have = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => { throw new Refusal(DECODE, 'the deflate data is broken'); });
    if (done) break;
    if (have + value.length > size) {
      reader.cancel().catch(() => {});
      throw new Refusal(DECODE, `inflates to more than ${size} bytes`);
    }
    target.set(value, have);
    have += value.length;
  }
  if (have !== size) throw new Refusal(DECODE, `inflates to ${have} bytes instead of ${size}`);
  return target;
}
