// Says what the console's decoder makes of messages. As a program it reads a
// line for each, "direction channel state joined hex", and answers with a line.

import { argv, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

import { Refusal } from '../protocol/codes.js';
import { decode, decodeJoined, encode } from '../protocol/messages.js';
import { bytesOf, hexOf } from './helpers.js';

/**
 * The verdict and the reason code, as in the vectors. What is accepted must be
 * written as the same bytes again.
 * @param {Uint8Array} wire
 * @param {import('../protocol/messages.js').Way} way
 * @param {boolean} joined whether it was put together from parts
 */
export function verdictOf(wire, way, joined) {
  try {
    const { message, drop } = (joined ? decodeJoined : decode)(wire, way);
    const { kind, ...fields } = message;
    const again = encode(kind, /** @type {any} */ (fields));
    return hexOf(again) === hexOf(wire) ? `${drop ? 'drop' : 'ok'} 0` : 'rewritten 0';
  } catch (error) {
    if (error instanceof Refusal) return `refused ${error.code}`;
    throw error;
  }
}

async function answer() {
  /** @type {string[]} */
  const answers = [];
  for await (const line of createInterface({ input: stdin })) {
    const [direction, channel, state, joined, hex = ''] = line.split(' ');
    answers.push(verdictOf(bytesOf(hex), /** @type {any} */ ({ direction, channel, state }), joined === 'joined'));
  }
  stdout.write(answers.join('\n') + '\n');
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) await answer();
