import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decode, encode, read } from '../protocol/cbor.js';
import { CANONICAL, FORM } from '../protocol/codes.js';
import { MAX_ARRAY, MAX_INTEGER, MAX_MAP, MAX_TEXT } from '../protocol/limits.js';
import { bytesOf, hexOf, refused } from '../testing/helpers.js';

// RFC 8949, appendix A, as far as our subset goes.
/** @type {[string, import('../protocol/cbor.js').Value][]} */
const known = [
  ['00', 0], ['17', 23], ['1818', 24], ['18ff', 255], ['190100', 256], ['1a000f4240', 1000000], ['1affffffff', 2 ** 32 - 1],
  ['1b000000e8d4a51000', 1000000000000], ['1b001fffffffffffff', MAX_INTEGER], ['20', -1], ['3863', -100], ['3903e7', -1000],
  ['3b001ffffffffffffe', -MAX_INTEGER], ['f4', false], ['f5', true], ['40', new Uint8Array(0)], ['4401020304', Uint8Array.of(1, 2, 3, 4)],
  ['60', ''], ['62c3bc', 'ü'], ['64f0908591', '\u{10151}'], ['63efbbbf', '\ufeff'],
  ['80', []], ['8301820203820405', [1, [2, 3], [4, 5]]], ['a0', new Map()], ['a201020304', new Map([[1, 2], [3, 4]])],
];

for (const [hex, value] of known) {
  test(`cbor: ${hex}`, () => {
    assert.deepEqual(decode(bytesOf(hex)), value);
    assert.equal(hexOf(encode(value)), hex);
  });
}

test('cbor: every shorter prefix is refused for its form', () => {
  for (const [hex] of known) {
    const whole = bytesOf(hex);
    for (let length = 0; length < whole.length; length++) {
      assert.throws(() => decode(whole.subarray(0, length)), refused(FORM), hex);
    }
  }
});

const bad = {
  'a byte too many': '0000', 'tag': 'c001', 'half float': 'f90000', 'double': 'fb3ff199999999999a', 'null': 'f6',
  'undefined': 'f7', 'simple 16': 'f0', 'simple 255': 'f8ff', 'break': 'ff', 'indefinite array': '9fff', 'indefinite text': '7f6161ff',
  'reserved': '1c', 'number of 2^53': '1b0020000000000000', 'number of -2^53': '3b001fffffffffffff', 'text not UTF-8': '61ff', 'surrogate': '63eda080',
  'text key': 'a1616101', 'negative key': 'a12001', 'length beyond the end': '5bffffffffffffffff',
};
for (const [name, hex] of Object.entries(bad)) {
  test(`cbor: ${name} is refused for its form`, () => assert.throws(() => decode(bytesOf(hex)), refused(FORM)));
}

const sloppy = {
  'long 23': '1817', 'long 255': '1900ff', 'long 65535': '1a0000ffff', 'long 2^32-1': '1b00000000ffffffff',
  'long length': '580100', 'keys out of order': 'a203040102', 'key twice': 'a201020103', 'long key': 'a1180102',
};
for (const [name, hex] of Object.entries(sloppy)) {
  test(`cbor: ${name} is not canonical`, () => assert.throws(() => decode(bytesOf(hex)), refused(CANONICAL)));
}

test('cbor: form is judged before canonical form', () => {
  assert.throws(() => decode(bytesOf('821817f6')), refused(FORM)); // a long number, then null
  assert.equal(read(bytesOf('1817')).sloppy?.code, CANONICAL);
});

test('cbor: limits, exactly and one more', () => {
  const zeros = (/** @type {number} */ n) => new Array(n).fill(0);
  const keys = (/** @type {number} */ n) => new Map(zeros(n).map((_, i) => [i, 0]));
  decode(encode(zeros(MAX_ARRAY)));
  assert.throws(() => decode(encode(zeros(MAX_ARRAY + 1))), refused(FORM));
  decode(encode(keys(MAX_MAP)));
  assert.throws(() => decode(encode(keys(MAX_MAP + 1))), refused(FORM));
  decode(encode('x'.repeat(MAX_TEXT)));
  assert.throws(() => decode(encode('x'.repeat(MAX_TEXT + 1))), refused(FORM));
  decode(encode([[[[]]]]));
  assert.throws(() => decode(encode([[[[[]]]]])), refused(FORM));
});

test('cbor: what cannot be written is an error of ours', () => {
  assert.throws(() => encode(1.5), TypeError);
  assert.throws(() => encode(2 ** 53), TypeError);
});
