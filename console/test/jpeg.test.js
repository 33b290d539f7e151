import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkHeader } from '../decoders/jpeg.js';
import { DECODE } from '../protocol/codes.js';
import { bytesOf, refused } from '../testing/helpers.js';

// Start, a JFIF segment, a frame of 16 x 9 with three components.
const header = 'ffd8 ffe0 0010 4a46494600 0101 00 0001 0001 00 00 ffc0 0011 08 0009 0010 03 012200 021101 031101 ffda 000c';

test('jpeg: a header of the stated size', () => {
  checkHeader(bytesOf(header), 16, 9);
  checkHeader(bytesOf(header.replace('0010 03', '0010 01')), 16, 9);
});

const bad = {
  'another width': header.replace('0010 03', '0011 03'),
  'another height': header.replace('08 0009', '08 000a'),
  'the largest size': header.replace('0009 0010', 'ffff ffff'),
  'progressive': header.replace('ffc0', 'ffc2'),
  'arithmetic': header.replace('ffc0', 'ffc9'),
  'twelve bits': header.replace('08 0009', '0c 0009'),
  'four components': header.replace('0010 03', '0010 04'),
  'no frame before the scan': header.replace(/ffc0.*ffda/, 'ffda'),
  'a PNG': '89504e470d0a1a0a',
  'nothing': '',
  'the start alone': 'ffd8',
  'cut off in the frame': header.slice(0, 65),
  'a segment without a length': 'ffd8 ffe0 0000 ffc0 0011 08 0009 0010 03',
  'a segment beyond the end': 'ffd8 ffe0 ffff 00',
};
for (const [name, hex] of Object.entries(bad)) {
  test(`jpeg: ${name} is refused`, () => assert.throws(() => checkHeader(bytesOf(hex), 16, 9), refused(DECODE)));
}
