/**
 * Fetches what agents see and paints it, as long as it is open and the page can
 * be seen. Private areas are flat in the picture; what they are is written here.
 *
 * @typedef {import('./api.js').Panel} Panel
 * @typedef {import('./api.js').Picture} Picture
 */
import { Refused } from './api.js';
import { words } from './words.js';

/** Milliseconds before another attempt after one that failed. */
const again = 1000;

export class Look {
  /**
   * @param {Panel} panel
   * @param {() => HTMLCanvasElement|null} place where to paint
   * @param {(hidden: number|null) => void} told hears how many areas a picture hides, or that there is none
   */
  constructor(panel, place, told) {
    this.panel = panel;
    this.place = place;
    this.told = told;
    this.turn = 0; // odd while open
    /** What was painted last, and where. @type {HTMLCanvasElement|null} */
    this.canvas = null;
    this.number = 0;
  }

  /** @param {boolean} open */
  set(open) {
    if (open === (this.turn % 2 === 1)) {
      return;
    }
    this.turn++;
    this.canvas = null;
    this.told(null);
    if (open) {
      void this.watch(this.turn);
    }
  }

  /** @param {number} turn */
  async watch(turn) {
    while (this.turn === turn) {
      try {
        await visible();
        const place = this.place();
        const picture = await this.panel.view(place && place === this.canvas ? this.number : 0);
        if (picture && this.turn === turn) {
          await this.paint(picture);
        }
      } catch (error) {
        if (error instanceof Refused && error.status === 401) {
          return; // the page will say so
        }
        await new Promise((resolve) => setTimeout(resolve, again));
      }
    }
  }

  /** @param {Picture} picture */
  async paint(picture) {
    const bitmap = await createImageBitmap(picture.file);
    const canvas = this.place();
    const ink = canvas?.getContext('2d');
    if (!canvas || !ink) {
      throw new Error('the page shows no picture now');
    }
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    ink.drawImage(bitmap, 0, 0);
    bitmap.close();
    const scale = Math.max(1, canvas.width / (canvas.clientWidth || canvas.width));
    for (const area of picture.hidden) {
      label(ink, area, scale);
    }
    this.canvas = canvas;
    this.number = picture.number;
    this.told(picture.hidden.length);
  }
}

/** Sizes of the words in private areas, in pixels of the page. */
const largest = 15;
const smallest = 9;

/**
 * Writes into a private area what it is, where that fits.
 * @param {CanvasRenderingContext2D} ink
 * @param {import('./api.js').Hidden} area
 * @param {number} scale pixels of the picture on one of the page
 */
function label(ink, { x, y, width, height, why }, scale) {
  const word = why === 'field' || why === 'window' || why === 'unsure' ? words.sight.private[why] : '';
  const font = (/** @type {number} */ size) => `600 ${size * scale}px system-ui, sans-serif`;
  ink.font = font(largest);
  const room = Math.min((0.92 * width) / ink.measureText(word).width, height / (1.2 * largest * scale), 1);
  if (room * largest < smallest) {
    return;
  }
  ink.font = font(room * largest);
  ink.textAlign = 'center';
  ink.textBaseline = 'middle';
  ink.fillStyle = '#000000'; // on the grey of privacy, 5.3 to 1
  ink.fillText(word, x + width / 2, y + height / 2);
}

/** Resolves when the page can be seen. */
function visible() {
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState === 'visible') {
        document.removeEventListener('visibilitychange', look);
        resolve(undefined);
      }
    };
    document.addEventListener('visibilitychange', look);
    look();
  });
}
