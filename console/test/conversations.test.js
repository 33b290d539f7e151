// Plays the conversations of protocol/testdata/vectors: the same states,
// verdicts and pictures as in Go.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { StreamInflater } from '../decoders/inflate.js';
import { checkHeader } from '../decoders/jpeg.js';
import { codeOf } from '../protocol/codes.js';
import { decode, decodeJoined } from '../protocol/messages.js';
import { Joiner } from '../protocol/parts.js';
import { Picture } from '../update.js';
import { bytesOf, plain } from '../testing/helpers.js';

/** @typedef {import('../protocol/messages.js').Way} Way */

/** Follows a conversation as both sides do: SPEC.md 3.2, 4.1 and 7. */
class Reader {
  constructor() {
    /** @type {import('../protocol/states.js').State} */
    this.base = 'opening';
    this.grants = { number: 0, scopes: 0 };
    this.paused = { number: 0, why: 0 };
    /** @type {{ [channel: string]: Joiner }} */
    this.joiners = { evt: new Joiner({ ordered: false }), screen: new Joiner({ ordered: true }) };
    this.picture = new Picture({
      inflater: () => new StreamInflater(),
      jpeg: async (data, width, height) => {
        checkHeader(data, width, height);
        return plain(width, height, 0x123456);
      },
    });
  }

  /** @returns {import('../protocol/states.js').State} */
  get state() {
    if (this.base !== 'waiting' || !(this.grants.scopes & 1)) return this.base;
    return this.paused.why === 0 ? 'live' : 'paused';
  }

  /**
   * Decides a message and does what it says; true if it is dropped.
   * @param {Uint8Array} wire
   * @param {Way} way
   */
  async take(wire, way) {
    const { message, drop } = decode(wire, way);
    if (drop) return true;
    if (message.kind === 'part') return this.join(message, way);
    if (way.channel === 'screen' && way.direction === 'd>c') this.joiners['screen']?.drop();
    await this.follow(message);
    return false;
  }

  /**
   * @param {import('../protocol/messages.js').Part} part
   * @param {Way} way
   */
  async join(part, way) {
    const whole = this.joiners[way.channel]?.add(part);
    if (!whole) return false;
    const { message, drop } = decodeJoined(whole, way);
    if (!drop) await this.follow(message);
    return drop;
  }

  /** @param {any} message of either side */
  async follow(message) {
    switch (message.kind) {
      case 'welcome': this.base = 'greeted'; break;
      case 'ready': this.base = 'waiting'; break;
      case 'bye': this.base = 'over'; break;
      case 'grants': if (message.number > this.grants.number) this.grants = message; break;
      case 'paused': if (message.number > this.paused.number) this.paused = message; break;
      case 'update': await this.picture.apply(message); break;
    }
  }

  /** @param {Uint8Array} wire @param {Way} way */
  async verdict(wire, way) {
    try {
      return await this.take(wire, way) ? 'drop 0' : 'ok 0';
    } catch (error) {
      return `refused ${codeOf(error)}`;
    }
  }
}

/** @param {Uint8Array} bytes */
const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * The picture as encode/testdata/README.md describes it.
 * @param {Picture} picture
 */
function shown({ surface }) {
  if (!surface) throw new Error('no picture yet');
  const { width, height, pixels, lossy } = surface;
  const rgb = new Uint8Array(3 * pixels.length);
  pixels.forEach((pixel, i) => { if (!lossy?.[i]) rgb.set([pixel, pixel >> 8, pixel >> 16], 3 * i); });
  return { width, height, sha256: sum(rgb), ...(lossy?.includes(1) ? { lossy: sum(lossy) } : {}) };
}

const folder = new URL('../../protocol/testdata/vectors/conversations/', import.meta.url);
for (const file of readdirSync(folder)) {
  for (const conversation of JSON.parse(readFileSync(new URL(file, folder), 'utf8'))) {
    test(`conversation: ${conversation.name}`, async () => {
      const reader = new Reader();
      for (const [i, { hex, state, expect, code = 0, shown: picture, ...way }] of conversation.messages.entries()) {
        assert.equal(reader.state, state, `message ${i}`);
        assert.equal(await reader.verdict(bytesOf(hex), { ...way, state }), `${expect} ${code}`, `message ${i}`);
        if (picture) assert.deepEqual(shown(reader.picture), picture, `message ${i}`);
      }
    });
  }
}
