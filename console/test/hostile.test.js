import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { AnswerError, MAX_SDP, readAnswer } from '../answer.js';
import { Peer } from '../peer.js';
import { clean } from '../text.js';

const root = new URL('../', import.meta.url);
const sources = ['', 'protocol/', 'decoders/', 'ink/', 'input/', 'replay/'].flatMap((folder) => readdirSync(new URL(folder, root))
  .filter((/** @type {string} */ name) => name.endsWith('.js')).map((/** @type {string} */ name) => folder + name));
const code = (/** @type {string} */ name) => readFileSync(new URL(name, root), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

test('hostile: no text becomes markup, code or an address, in no module', () => {
  const never = /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function|srcdoc|DOMParser|createContextualFragment|importScripts|createObjectURL|WebSocket|EventSource|XMLHttpRequest|sendBeacon|localStorage|sessionStorage|indexedDB|cookie|showNotification|registerProtocolHandler)\b\s*[(.=]|\bnew Image\b|window\.open|location\.(assign|replace|href)|\.(href|src|action|download)\s*=|setAttribute\('(href|src|on|style)|\bimport\(/;
  assert.ok(sources.length > 40);
  for (const name of sources) assert.equal(never.exec(code(name))?.[0], undefined, name);
});

test('hostile: only one module fetches, by paths that no device says', () => {
  const fetching = sources.filter((name) => /\bfetch\(/.test(code(name)));
  assert.deepEqual(fetching, ['desk.js']);
  assert.deepEqual([...code('desk.js').matchAll(/fetch\(([^,]+),/g)].map(([, what]) => what), ['\'/api/connect\'', 'resource']);
  assert.match(code('desk.js'), /if \(!\/\^\\\/api\\\/connections\\\/\[\\w-\]\+\$\/\.test\(resource\)\) return;/);
});

test('hostile: styles and attributes that come of messages are made of numbers', () => {
  const attributes = sources.flatMap((name) => [...code(name).matchAll(/setAttribute\(([^)]*)\)/g)].map(([, what]) => `${name} ${what}`));
  for (const what of attributes) assert.match(what, /aria-|'role', 'img'|labels\.js name, part|groups\.js 'aria/, what);
});

test('hostile: what is shown of a device is one line of what can be seen, cut', () => {
  assert.equal(clean('a\u202eb\u0000c\u200bd\n<b>e</b>'), 'a b c d <b>e</b>');
  assert.equal([...clean('x'.repeat(500))].length, 120);
  for (const [name, what] of [['room.js', 'ending.text'], ['room.js', 'session.device']]) {
    assert.match(code(name), new RegExp(`clean\\(call\\?\\.${what.startsWith('session') ? what : `session.${what}`}`), what);
  }
});

const fingerprint = `sha-256 ${'AB:'.repeat(31)}AB`;
const good = [
  'v=0', 'o=- 7 7 IN IP4 0.0.0.0', 's=-', 't=0 0', 'a=group:BUNDLE 0', `a=fingerprint:${fingerprint}`, 'a=extmap-allow-mixed',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=setup:active', 'a=mid:0', 'a=sendrecv', 'a=sctp-port:5000',
  'a=max-message-size:65536', 'a=ice-ufrag:abcd', 'a=ice-pwd:abcdefghijklmnopqrstuvwx', 'a=candidate:1 1 udp 2130706431 127.0.0.1 4000 typ host ufrag abcd',
];
/** @param {(line: string) => string | string[]} change */
const changed = (change) => good.flatMap(change).join('\r\n') + '\r\n';
const same = changed((line) => line);

test('hostile: of an answer only what is needed reaches the browser', () => {
  const taken = readAnswer(same);
  for (const line of ['a=setup:active', 'a=mid:0', 'a=sctp-port:5000', `a=fingerprint:${fingerprint}`, 'a=candidate:1 1 udp 2130706431 127.0.0.1 4000 typ host']) {
    assert.ok(taken.includes(`\r\n${line}\r\n`), line);
  }
  for (const part of ['extmap', 'sendrecv', 'o=- 7', 'ufrag abcd']) assert.ok(!taken.includes(part), part);
  assert.equal(readAnswer(taken), taken);
});

test('hostile: no answer makes the browser speak to another machine', () => {
  const candidates = (/** @type {string[]} */ ...lines) => readAnswer(changed((line) => (line.startsWith('a=candidate') ? lines.map((one) => `a=candidate:${one}`) : line)))
    .split('\r\n').filter((line) => line.startsWith('a=candidate:')).length;
  for (const other of [
    '1 1 udp 1 192.168.1.1 80 typ host', '1 1 udp 1 128.0.0.1 80 typ host', '1 1 udp 1 127.0.0.1.evil.example 80 typ host', '1 1 udp 1 ::2 80 typ host',
    '1 1 udp 1 a.local 80 typ host', '1 1 tcp 1 127.0.0.1 80 typ host tcptype passive', '1 1 udp 1 127.0.0.1 80 typ relay raddr 10.0.0.1 rport 1',
    '1 1 udp 1 127.0.0.1 80 typ srflx raddr 10.0.0.1 rport 1', '1 1 udp 1 127.0.0.1 65536 typ host', '1 1 udp 1 127.0.0.1 0 typ host', '1 2 udp 1 127.0.0.1 80 typ host',
    '1 1 udp 1 127.0.0.256 80 typ host', '1 1 udp 1 ::ffff:10.0.0.1 80 typ host', `1 1 udp 1 127.0.0.1 80 typ host ${'x'.repeat(256)}`,
  ]) assert.equal(candidates(other), 0, other);
  for (const own of ['1 1 udp 1 127.0.0.1 80 typ host', '1 1 UDP 1 127.255.255.254 65535 typ host', '1 1 udp 1 ::1 80 typ host generation 0']) {
    assert.equal(candidates(own), 1, own);
  }
  const many = (/** @type {number} */ n) => candidates(...Array.from({ length: n }, (_, i) => `${i} 1 udp 1 127.0.0.1 ${4000 + i} typ host`));
  assert.equal(many(32), 32);
  assert.equal(many(33), 32);
});

test('hostile: an answer with media, two fingerprints, or too long, is refused', () => {
  const twice = (/** @type {string} */ start, /** @type {string} */ more) => changed((line) => (line.startsWith(start) ? [line, more] : line));
  const refused = /** @type {{ [why: string]: string }} */ ({
    'nothing': '', 'media': twice('a=mid', 'm=audio 9 UDP/TLS/RTP/SAVPF 0'), 'only media': same.replace(/m=application.*/, 'm=video 9 UDP/TLS/RTP/SAVPF 96'),
    'switched off': same.replace('m=application 9', 'm=application 0'), 'two fingerprints': twice('a=setup', `a=fingerprint:${fingerprint}`),
    'another fingerprint': same.replace(/sha-256 .*/, 'sha-1 AB:CD'), 'no fingerprint': same.replace(/a=fingerprint.*/, 'a=x:y'),
    'undecided': same.replace('setup:active', 'setup:actpass'), 'no password': same.replace(/a=ice-pwd.*/, 'a=x:y'), 'two names': twice('a=mid', 'a=mid:1'),
    'small messages': same.replace('65536', '8191'), 'a long one': same.padEnd(MAX_SDP + 1, 'x'), 'a megabyte': 'a=x\r\n'.repeat(1 << 18),
  });
  for (const [why, sdp] of Object.entries(refused)) assert.throws(() => readAnswer(sdp), AnswerError, why);
  assert.ok(readAnswer(same.replace('65536', '8192')));
  assert.ok(readAnswer(`${same}a=x:`.padEnd(MAX_SDP, 'x')));
});

test('hostile: the peer gives the browser what was taken, and nothing when it was refused', async () => {
  /** @type {any[]} */
  const given = [];
  globalThis.RTCPeerConnection = /** @type {any} */ (class {
    createDataChannel() { return {}; }

    /** @param {any} description */
    async setRemoteDescription(description) { given.push(description); }
  });
  const peer = new Peer(/** @type {any} */ ({ postMessage() {} }), { message() {}, open() {}, broken() {} });
  await peer.accept(same);
  assert.deepEqual(given, [{ type: 'answer', sdp: readAnswer(same) }]);
  await assert.rejects(peer.accept(same.replace('active', 'actpass')), AnswerError);
  assert.equal(given.length, 1);
});
