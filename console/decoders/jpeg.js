/**
 * JPEG rectangles, by the browser's own decoder, in a worker. SPEC.md 7.5.
 * The size is read from the header first: a decoder allocates what the header
 * says, and a header may say 65535 by 65535.
 *
 * @typedef {object} Decoded a JPEG that has been decoded and not been painted
 * @property {(pixels: Int32Array, at: number, stride: number) => Promise<unknown>} paint puts its
 *   pixels, opaque RGBA in memory, into a picture of that many pixels a row, from there on. Once only.
 *   Behind the picture there is a row more in its buffer, in which nothing counts
 */

import { DECODE, Refusal } from '../protocol/codes.js';

const START = 0xd8, BASELINE = 0xc0, SCAN = 0xda;
const PIXEL = Int32Array.BYTES_PER_ELEMENT;

/**
 * Decodes a baseline JPEG of exactly this size.
 * @param {Uint8Array} data
 * @param {number} width
 * @param {number} height
 * @returns {Promise<Decoded>}
 */
export async function decodeJPEG(data, width, height) {
  checkHeader(data, width, height);
  const decode = typeof ImageDecoder === 'undefined' ? byBitmap : byDecoder;
  return decode(data, width, height).catch(refuse);
}

/** @returns {never} */
function refuse() {
  throw new Refusal(DECODE, 'a JPEG that cannot be decoded');
}

/**
 * The direct way, off this thread and several at a time: what it decodes stays
 * in the decoder's planes until these become pixels of the picture, in place.
 * @param {Uint8Array} data
 * @param {number} width
 * @param {number} height
 * @returns {Promise<Decoded>}
 */
async function byDecoder(data, width, height) {
  const decoder = new ImageDecoder({ data, type: 'image/jpeg', colorSpaceConversion: 'none' });
  try {
    const { image } = await decoder.decode();
    if (image.codedWidth === width && image.codedHeight === height) return { paint: place(image) };
    image.close();
    return refuse();
  } finally {
    decoder.close();
  }
}

/**
 * @param {DecodedImage} image
 * @returns {Decoded['paint']}
 */
const place = (image) => async (pixels, at, stride) => {
  const layout = [{ offset: PIXEL * at, stride: PIXEL * stride }];
  await image.copyTo(new Int32Array(pixels.buffer), { format: 'RGBA', colorSpace: 'srgb', layout }).catch(refuse);
  image.close();
};

/**
 * The way of browsers without ImageDecoder: through a canvas.
 * @param {Uint8Array} data
 * @param {number} width
 * @param {number} height
 * @returns {Promise<Decoded>}
 */
async function byBitmap(data, width, height) {
  const bitmap = await createImageBitmap(new Blob([data], { type: 'image/jpeg' }), { colorSpaceConversion: 'none' });
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas in this browser');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const source = new Int32Array(context.getImageData(0, 0, width, height).data.buffer);
  return {
    async paint(pixels, at, stride) {
      for (let from = 0; from < source.length; from += width, at += stride) pixels.set(source.subarray(from, from + width), at);
    },
  };
}

/**
 * Walks the segments up to the frame header, which must be baseline, 8 bits,
 * grey or colour, and of this size.
 * @param {Uint8Array} data
 * @param {number} width
 * @param {number} height
 */
export function checkHeader(data, width, height) {
  if (data[0] !== 0xff || data[1] !== START) throw new Refusal(DECODE, 'not a JPEG');
  for (let at = 2; at + 10 <= data.length;) {
    const marker = data[at + 1], length = (data[at + 2] << 8) | data[at + 3];
    if (data[at] !== 0xff || marker === SCAN || length < 2) break;
    if (isFrame(marker)) {
      const fits = marker === BASELINE && data[at + 4] === 8 && (data[at + 9] === 1 || data[at + 9] === 3)
        && ((data[at + 5] << 8) | data[at + 6]) === height && ((data[at + 7] << 8) | data[at + 8]) === width;
      if (!fits) throw new Refusal(DECODE, 'a JPEG of another size or sort');
      return;
    }
    at += 2 + length;
  }
  throw new Refusal(DECODE, 'a JPEG without a frame');
}

/**
 * Whether a marker begins a frame: C0 to CF without the tables among them.
 * @param {number} marker
 */
function isFrame(marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
