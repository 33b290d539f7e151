/**
 * A device's answer to our offer, before the browser hears of it. Only what a
 * connection of seven data channels within this machine needs is taken, and
 * written anew: an answer is a stranger's, and the browser would speak to every
 * address in it. The rules are those of peer/description.go.
 */

export const MAX_SDP = 16 << 10; // bytes
const MAX_CANDIDATES = 32; // further ones are left out
const MAX_LINE = 256; // bytes of a candidate; longer ones are left out
const MIN_MESSAGE = 8192; // bytes that a device must take: SPEC.md 11, MaxToDevice

const SECTION = /^m=application [1-9]\d{0,4} UDP\/DTLS\/SCTP webrtc-datachannel$/;

/** Attributes that are taken, each once and in this form. */
const attributes = /** @type {{ [name: string]: RegExp }} */ ({
  'mid': /^[!-~]{1,16}$/,
  'ice-ufrag': /^[A-Za-z0-9+/]{4,256}$/,
  'ice-pwd': /^[A-Za-z0-9+/]{22,256}$/,
  'fingerprint': /^sha-256 ([0-9a-f]{2}:){31}[0-9a-f]{2}$/i,
  'setup': /^(active|passive)$/,
  'sctp-port': /^[1-9]\d{0,4}$/,
  'max-message-size': /^\d{1,10}$/,
});
const OPTIONAL = 'max-message-size';

const CANDIDATE = /^([A-Za-z0-9+/]{1,32}) 1 udp (\d{1,10}) ([0-9.:]+) ([1-9]\d{0,4}) typ host( [ -~]*)?$/i;
const LOOPBACK = /^(::1|127(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})$/;

/** An answer that is not taken. */
export class AnswerError extends Error {}

/**
 * Returns the answer as the browser gets it; throws AnswerError.
 * @param {string} sdp
 */
export function readAnswer(sdp) {
  if (sdp.length > MAX_SDP) throw new AnswerError('too long');
  const lines = sdp.split(/\r?\n/);
  const sections = lines.filter((line) => line.startsWith('m='));
  if (sections.length !== 1 || !SECTION.test(sections[0])) throw new AnswerError('not one section for data');
  const values = take(lines);
  const candidates = lines.map(candidate).filter((line) => line !== '').slice(0, MAX_CANDIDATES);
  return [
    'v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${values.get('mid')}`,
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0',
    ...[...values].map(([name, value]) => `a=${name}:${value}`), ...candidates, '',
  ].join('\r\n');
}

/**
 * @param {string[]} lines
 * @returns {Map<string, string>}
 */
function take(lines) {
  const values = new Map();
  for (const line of lines) {
    const [, name, value] = /^a=([a-z-]+):(.*)$/.exec(line) ?? [];
    if (!name || !Object.hasOwn(attributes, name)) continue;
    if (values.has(name)) throw new AnswerError(`more than one ${name}`);
    if (!attributes[name].test(value)) throw new AnswerError(`${name} is not in a form that is taken`);
    values.set(name, value);
  }
  for (const name of Object.keys(attributes)) {
    if (name !== OPTIONAL && !values.has(name)) throw new AnswerError(`no ${name}`);
  }
  const size = Number(values.get(OPTIONAL) ?? 0); // zero means any size
  if (size !== 0 && size < MIN_MESSAGE) throw new AnswerError('messages of 8,192 bytes must be accepted');
  return values;
}

/**
 * The line of a candidate that is tried: a UDP host on loopback, without
 * extensions. Nothing for any other line.
 * @param {string} line
 */
function candidate(line) {
  if (!line.startsWith('a=candidate:') || line.length > MAX_LINE) return '';
  const [, foundation, priority, address, port] = CANDIDATE.exec(line.slice('a=candidate:'.length)) ?? [];
  if (!foundation || !LOOPBACK.test(address) || Number(port) > 65535) return '';
  return `a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`;
}
