import assert from 'node:assert/strict';
import test from 'node:test';

import { exchange, Panel, Refused } from '../api.js';

/** Answers every request with this, and returns what was sent. */
function answering(status, body, headers = {}) {
  const sent = [];
  globalThis.fetch = async (url, options) => {
    sent.push({ url, ...options });
    return { ok: status < 400, status, json: async () => body, blob: async () => body, headers: new Headers(headers) };
  };
  return sent;
}

test('the token goes into a header, and nowhere else', async () => {
  const sent = answering(200, { number: 7 });
  const panel = new Panel('secret');
  assert.deepEqual(await panel.state(), { number: 7 });
  await panel.state(7);
  await panel.act('stop');
  await panel.grant('s1', ['view']);
  await panel.revoke('ink');
  await panel.show(7);
  await panel.allowField('s1', 'PIN');
  assert.deepEqual(sent.map((r) => `${r.method} ${r.url} ${r.body ?? ''}`), [
    'GET api/state ', 'GET api/state?after=7 ', 'POST api/stop ', 'POST api/grants {"session":"s1","scopes":["view"]}',
    'DELETE api/grants/ink ', 'POST api/windows/7/show ', 'POST api/fields/allow {"session":"s1","field":"PIN"}',
  ]);
  for (const request of sent) {
    assert.equal(request.headers.Authorization, 'Bearer secret');
    assert.equal(request.credentials, 'omit');
  }
  assert.equal(sent[3].headers['Content-Type'], 'application/json');
});

test('a code is exchanged without a token', async () => {
  const sent = answering(200, { token: 'fresh' });
  assert.equal(await exchange('code'), 'fresh');
  assert.equal(sent[0].body, '{"code":"code"}');
  assert.equal(sent[0].headers.Authorization, undefined);
});

test('a refusal keeps its status, its name and its sentence', async () => {
  answering(409, { error: 'too_early', message: 'Please read first.' });
  await assert.rejects(new Panel('secret').act('ring'), (error) => error instanceof Refused
    && error.status === 409 && error.id === 'too_early' && error.message === 'Please read first.');
});

test('a picture comes with its number and what it hides', async () => {
  const sent = answering(200, 'file', { 'View-Number': '8', 'View-Private': '1 2 30 40 field, 5 6 7 8 window' });
  assert.deepEqual(await new Panel('secret').view(7), { number: 8, file: 'file', hidden: [{ x: 1, y: 2, width: 30, height: 40, why: 'field' }, { x: 5, y: 6, width: 7, height: 8, why: 'window' }] });
  assert.equal(sent[0].url, 'api/view?after=7');
  assert.equal(sent[0].headers.Authorization, 'Bearer secret');
  answering(200, 'file', { 'View-Number': '8', 'View-Private': '' });
  assert.deepEqual((await new Panel('secret').view(0)).hidden, []);
  answering(204, null);
  assert.equal(await new Panel('secret').view(8), null);
  answering(409, { error: 'not_seen', message: 'Nobody.' });
  await assert.rejects(new Panel('secret').view(8), (error) => error instanceof Refused && error.id === 'not_seen');
});
