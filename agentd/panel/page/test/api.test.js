import assert from 'node:assert/strict';
import test from 'node:test';

import { exchange, Panel, Refused } from '../api.js';

/** Answers every request with this, and returns what was sent. */
function answering(status, body) {
  const sent = [];
  globalThis.fetch = async (url, options) => {
    sent.push({ url, ...options });
    return { ok: status < 400, status, json: async () => body };
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
  assert.deepEqual(sent.map((r) => `${r.method} ${r.url} ${r.body ?? ''}`), [
    'GET api/state ', 'GET api/state?after=7 ', 'POST api/stop ', 'POST api/grants {"session":"s1","scopes":["view"]}',
    'DELETE api/grants/ink ',
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
