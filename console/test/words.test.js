import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import * as codes from '../protocol/codes.js';
import { clean, codeFrom, cut } from '../text.js';
import { catalogues, sentence, wordsFor } from '../words.js';

const { en } = catalogues;
const html = readFileSync(new URL('../index.html', import.meta.url), 'utf8');

/** @param {any} value @returns {any} the same keys, with types for values */
const shape = (value) => (typeof value === 'object'
  ? Object.fromEntries(Object.entries(value).sort().map(([key, inner]) => [key, shape(inner)])) : typeof value);

test('words: every language has the same', () => {
  for (const words of Object.values(catalogues)) assert.deepEqual(shape(words), shape(en));
});

test('words: every view has a sentence and a label', () => {
  assert.deepEqual(Object.keys(en.labels).sort(), Object.keys(en.sentences).sort());
});

test('words: every way to end has a sentence', () => {
  for (const code of Object.values(codes)) {
    if (typeof code !== 'number') continue;
    for (const ours of [true, false]) assert.match(sentence(en, 'ended', code, ours), /^[A-Z].*\.$/);
  }
  assert.equal(sentence(en, 'ended', codes.STOPPED, false), 'The user ended the session.');
  assert.match(sentence(en, 'ended', codes.RANGE, true), /device sent .*18/);
  assert.match(sentence(en, 'ended', codes.RANGE, false), /this console sent .*18/);
});

test('words: every error in the desk\'s table has a sentence', () => {
  const table = readFileSync(new URL('../../desk/SIGNALLING.md', import.meta.url), 'utf8');
  const ids = [...table.matchAll(/^\| [45]\d\d \| (\w+) \|/gm)].map(([, id]) => id);
  assert.ok(ids.includes('code_wrong'));
  for (const id of ids.filter((one) => one !== 'not_found' && one !== 'not_allowed')) assert.ok(id in en.failures, id);
  assert.equal(sentence(en, 'failed', 'something new', true), en.sentences.failed);
});

test('words: how many areas are private', () => {
  assert.deepEqual([0, 1, 2].map(en.areasSaid), ['Nothing is private.', '1 area is private.', '2 areas are private.']);
  assert.equal(en.protections.length, 3); // as SPEC.md 7.9 has them
});

test('words: refusals by reason', () => {
  assert.equal(sentence(en, 'refused', codes.EXPIRED, false), en.refusals[codes.EXPIRED]);
  assert.equal(sentence(en, 'refused', 0, false), en.sentences.refused);
});

test('words: the language is the first that there is', () => {
  assert.equal(wordsFor(['xx-YY', 'en-GB']).language, 'en');
  assert.equal(wordsFor([]).language, 'en');
});

test('page: every text of it is in the catalogue, and the other way round', () => {
  const used = [...html.matchAll(/data-(?:word|hint|label)="(\w+)"/g)].map(([, word]) => word);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(en.page).sort());
});

test('page: nothing in it needs more than its policy allows', () => {
  assert.doesNotMatch(html, /\sstyle=|<style|\son\w+=|javascript:|https?:/);
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
});

test('page: labels belong to fields', () => {
  for (const [, id] of html.matchAll(/<label for="(\w+)"/g)) assert.match(html, new RegExp(`<input id="${id}"`));
  for (const [, ids] of html.matchAll(/aria-describedby="([\w ]+)"/g)) {
    for (const id of ids.split(' ')) assert.match(html, new RegExp(` id="${id}"`));
  }
});

test('text: what is not seen is removed, and what is long is cut', () => {
  assert.equal(clean('a\u0000b\u001b[31mc'), 'a b [31mc');
  assert.equal(clean('safe\u202egpj.exe'), 'safe gpj.exe');
  assert.equal(clean('\u2066x\u2069 \u200b\u200f\ufeff'), 'x');
  assert.equal(clean(' two\n\nlines\u2028 '), 'two lines');
  assert.equal(clean('<b>bold</b>'), '<b>bold</b>'); // text is never HTML
  assert.equal(clean('Zoë Müller 日本'), 'Zoë Müller 日本');
  assert.equal(clean('x'.repeat(121)), `${'x'.repeat(119)}…`);
  assert.equal(clean('x'.repeat(120)), 'x'.repeat(120));
  assert.equal(clean('😀😀😀', 2), '😀…');
});

test('text: cut at a character\'s end', () => {
  assert.equal(cut('aü', 2), 'a');
  assert.equal(cut('aü', 3), 'aü');
  assert.equal(cut('😀', 3), '');
});

test('text: codes as people type them', () => {
  assert.equal(codeFrom('7k3m-q2xd'), '7K3MQ2XD');
  assert.equal(codeFrom(' OIL0 1234 '), '01101234');
  for (const bad of ['', '7K3M-Q2X', '7K3M-Q2XDX', '7K3M-Q2XU', '7K3M_Q2XD']) assert.equal(codeFrom(bad), '');
});

test('page: what both pages repeat, because HTML cannot share it, is the same', () => {
  const replay = readFileSync(new URL('../replay.html', import.meta.url), 'utf8');
  /** @type {(page: string, part: RegExp) => string[]} */
  const lines = (page, part) => (page.match(part)?.[0] ?? '').split('\n').filter((line) => line !== '');
  for (const part of [/<html[^]*?<title>/, /<link rel="icon"[^]*?labels.css">/, /<p class="brand">.*/, /<noscript>.*/,
    /<canvas id="screen"[^]*?<canvas id="pointer".*/, /<template id="label">[^]*?<\/template>/]) {
    assert.ok(lines(html, part).length > 0, `${part}`);
    assert.deepEqual(lines(replay, part), lines(html, part));
  }
});
