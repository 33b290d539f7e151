import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { connect, DeskError, leave } from '../desk.js';

const realFetch = globalThis.fetch;
afterEach(() => { globalThis.fetch = realFetch; });

/** @type {[string, RequestInit][]} */
let requests = [];

/** @param {() => Response} respond */
function answering(respond) {
  requests = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
    requests.push([url, init]);
    return respond();
  });
}

const failing = (/** @type {string} */ id) => (/** @type {unknown} */ error) => error instanceof DeskError && error.id === id;
const attempt = () => connect('7K3MQ2XD', 'offer', new AbortController().signal);

test('desk: an answer and the place of the connection', async () => {
  answering(() => new Response('answer', { status: 201, headers: { Location: '/api/connections/0123abcd' } }));
  assert.deepEqual(await attempt(), { answer: 'answer', resource: '/api/connections/0123abcd' });
  const [[url, { method, headers, body }]] = requests;
  assert.deepEqual([url, method, body], ['/api/connect', 'POST', 'offer']);
  assert.deepEqual(headers, { 'Authorization': 'Bearer 7K3MQ2XD', 'Content-Type': 'application/sdp' });
});

test('desk: its errors', async () => {
  answering(() => new Response('{"error":"code_wrong","message":"<b>no</b>"}', { status: 404 }));
  await assert.rejects(attempt, failing('code_wrong'));
  for (const body of ['', 'text', 'null', '{"error":7}']) {
    answering(() => new Response(body, { status: 502 }));
    await assert.rejects(attempt, failing('desk_unreachable'));
  }
  answering(() => { throw new TypeError('network'); });
  await assert.rejects(attempt, failing('desk_unreachable'));
});

test('desk: an answer of the longest size, and one more', async () => {
  answering(() => new Response('x'.repeat(16384), { status: 201 }));
  assert.equal((await attempt()).answer.length, 16384);
  for (const body of ['x'.repeat(16385), '']) {
    answering(() => new Response(body, { status: 201 }));
    await assert.rejects(attempt, failing('desk_unreachable'));
  }
});

test('desk: leaving goes to a connection of this desk only', async () => {
  answering(() => new Response(null, { status: 204 }));
  await leave('/api/connections/0123abcd');
  for (const other of ['', 'https://elsewhere/api/connections/1', '//elsewhere/1', '/api/connections/../ring', '/api/connections/']) await leave(other);
  assert.deepEqual(requests.map(([url]) => url), ['/api/connections/0123abcd']);
});
