/**
 * The picture on the page: a canvas at device pixels, scaled by CSS only, our
 * ink over it (ink/layer.js), and the device's cursor as an element above both.
 * Nothing else draws.
 */

import { place } from './input/place.js';

const ARROW = [[0, 0], [0, 16], [4, 12.5], [6.5, 18], [9, 17], [6.5, 11.5], [11.5, 11.5]]; // px, tip first

/** @typedef {'fit' | number} Zoom pixels of this screen for one of the device, or what fits */

export class Display {
  /**
   * @param {HTMLElement} stage what the picture has to fit in
   * @param {HTMLElement} sheet as large as the picture appears
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLCanvasElement} pointer
   * @param {import('./ink/layer.js').Layer} ink
   */
  constructor(stage, sheet, canvas, pointer, ink) {
    this.stage = stage;
    this.sheet = sheet;
    this.canvas = canvas;
    this.pointer = pointer;
    this.ink = ink;
    this.context = contextOf(canvas, { alpha: false });
    this.pointerContext = contextOf(pointer, {});
    /** @type {Zoom} */
    this.zoom = 'fit';
    this.scale = 1; // CSS pixels of a device pixel
    this.part = { x: 0, y: 0, width: canvas.width, height: canvas.height }; // of the device's screen, that is shown
    this.laidOut = () => {}; // hears that the picture may appear at another size
    /** @type {import('./cursor.js').Shape | null} */
    this.shape = null;
    new ResizeObserver(() => this.layOut()).observe(stage);
  }

  /**
   * Paints the rectangles of a frame, and the canvas anew when its size changed.
   * @param {import('./screen.js').Frame} frame
   */
  paint({ width, height, part, rects, pixels }) {
    if (this.canvas.width !== width || this.canvas.height !== height || !same(part, this.part)) this.resize(width, height, part);
    let at = 0;
    for (const { x, y, width: w, height: h } of rects) {
      this.context.putImageData(new ImageData(new Uint8ClampedArray(pixels, at, 4 * w * h), w, h), x, y);
      at += 4 * w * h;
    }
  }

  /**
   * @param {number} width of the picture
   * @param {number} height
   * @param {import('./dirty.js').Rect} part of the screen, that it shows
   */
  resize(width, height, part) {
    this.canvas.width = width;
    this.canvas.height = height;
    this.part = part;
    this.ink.resize(part);
    this.layOut();
  }

  /**
   * The device's pixel under a point of the page.
   * @param {number} x CSS pixels
   * @param {number} y
   */
  place(x, y) {
    return place(x, y, this.canvas.getBoundingClientRect(), this.part);
  }

  /** Forgets the picture and the cursor. */
  clear() {
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.pointer.hidden = true;
  }

  /** @param {Zoom} zoom */
  setZoom(zoom) {
    this.zoom = zoom;
    this.layOut();
  }

  /** The pixels of this screen that there are for a picture that is made to fit; null if it is not. */
  room() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    return this.zoom === 'fit' && width > 0 && height > 0 ? { width: width * devicePixelRatio, height: height * devicePixelRatio } : null;
  }

  /**
   * Gives the sheet its size and place, on whole pixels of this screen: never
   * larger than CSS has it in fit, as large as the zoom says otherwise.
   */
  layOut() {
    const { width, height } = this.part;
    const { clientWidth, clientHeight } = this.stage;
    this.scale = this.zoom === 'fit' ? Math.min(clientWidth / width, clientHeight / height, 1) : this.zoom / devicePixelRatio;
    const wide = snap(width * this.scale), high = snap(height * this.scale);
    this.sheet.style.width = `${wide}px`;
    this.sheet.style.height = `${high}px`;
    this.sheet.style.marginLeft = `${snap(Math.max(0, clientWidth - wide) / 2)}px`;
    this.sheet.style.marginTop = `${snap(Math.max(0, clientHeight - high) / 2)}px`;
    this.sheet.classList.toggle('crisp', this.zoom !== 'fit' && this.zoom >= 1);
    if (this.shape) this.placeCursor(this.shape);
    this.laidOut();
  }

  /** @param {import('./cursor.js').Shape} shape */
  setCursor(shape) {
    if (shape.width === 0) {
      this.pointer.hidden = true;
      this.shape = null;
      return;
    }
    if (!shape.pixels) this.drawArrow();
    else if (shape.pixels !== this.shape?.pixels || shape.width !== this.shape.width) this.drawShape(shape, shape.pixels);
    this.placeCursor(shape);
    this.shape = shape;
  }

  /**
   * @param {import('./cursor.js').Shape} shape
   * @param {Uint8Array} pixels
   */
  drawShape({ width, height }, pixels) {
    this.pointer.width = width;
    this.pointer.height = height;
    this.pointerContext.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  }

  drawArrow() {
    this.pointer.width = 16;
    this.pointer.height = 20;
    const context = this.pointerContext;
    context.translate(1, 1);
    context.beginPath();
    for (const [x, y] of ARROW) context.lineTo(x, y);
    context.closePath();
    context.fillStyle = '#fff';
    context.strokeStyle = '#000';
    context.fill();
    context.stroke();
  }

  /** @param {import('./cursor.js').Shape} shape */
  placeCursor({ x, y, hotX, hotY, pixels }) {
    const across = x - this.part.x, down = y - this.part.y;
    this.pointer.hidden = across < 0 || down < 0 || across >= this.part.width || down >= this.part.height;
    const left = pixels ? across - hotX : across - 1, top = pixels ? down - hotY : down - 1;
    this.pointer.style.transform = `translate(${left * this.scale}px, ${top * this.scale}px) scale(${this.scale})`;
  }
}

/**
 * @param {import('./dirty.js').Rect} a
 * @param {import('./dirty.js').Rect} b
 */
const same = (a, b) => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

const EXACT = 0.01; // px that arithmetic may lack to a whole pixel

/**
 * A length that is whole pixels of this screen, and not longer.
 * @param {number} length CSS pixels
 */
const snap = (length) => Math.floor(length * devicePixelRatio + EXACT) / devicePixelRatio;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} settings
 */
function contextOf(canvas, settings) {
  const context = canvas.getContext('2d', settings);
  if (!context) throw new Error('no 2D canvas in this browser');
  return context;
}
