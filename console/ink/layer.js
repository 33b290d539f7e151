/**
 * Our own ink on the page: a canvas over the picture, at the device's pixels of
 * what is shown, and scaled as that is. It draws only where the board has changed, once a frame
 * at most, and wakes by itself only while something fades.
 */

import { Drawn, touch, touching } from './area.js';
import { trace } from './curve.js';

/** @typedef {import('./area.js').Area} Area */

export class Layer {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import('../clock.js').Clock} clock
   */
  constructor(canvas, clock) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2D canvas in this browser');
    this.canvas = canvas;
    this.context = context;
    this.clock = clock;
    /** @type {import('./board.js').Board | null} what is shown */
    this.board = null;
    this.drawn = new Drawn();
    this.part = { x: 0, y: 0, width: 0, height: 0 }; // of the screen, that is shown
    this.origin = ''; // where the canvas has been drawn for
    this.due = false; // a frame has been asked for
    this.wake = () => {}; // calls the next fading off
  }

  /** @param {import('./board.js').Board | null} board to show from now on */
  follow(board) {
    if (this.board === board) return;
    this.board = board;
    this.show();
  }

  /**
   * @param {import('../dirty.js').Rect} part of the screen that the picture shows
   */
  resize(part) {
    this.part = part;
    this.show();
  }

  /** The board has changed. */
  show() {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.due = false;
    this.wake();
    const now = this.clock.now();
    const strokes = this.board?.seen(now) ?? [];
    this.canvas.hidden = strokes.length === 0;
    if (strokes.length > 0) this.fitCanvas();
    const changed = this.drawn.take(strokes);
    if (changed) this.paint(strokes, changed);
    const next = this.board?.next(now) ?? Infinity;
    this.wake = next < Infinity ? this.clock.after(next - now, () => this.show()) : () => {};
  }

  /** A canvas is as large as what is shown of the screen only when there is ink to show. */
  fitCanvas() {
    const { canvas, part } = this;
    const origin = `${part.x},${part.y}`;
    if (canvas.width === part.width && canvas.height === part.height && this.origin === origin) return;
    this.origin = origin;
    canvas.width = part.width;
    canvas.height = part.height;
    this.drawn = new Drawn();
  }

  /**
   * @param {import('./board.js').Seen[]} strokes oldest first
   * @param {Area} area
   */
  paint(strokes, area) {
    const { context } = this;
    const { left, top, right, bottom } = area;
    context.save();
    context.setTransform(1, 0, 0, 1, -this.part.x, -this.part.y);
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.clearRect(left, top, right - left, bottom - top);
    for (const stroke of strokes) {
      const drawn = this.drawn.strokes.get(stroke.number);
      if (drawn && touch(area, drawn.area)) this.line(stroke, area);
    }
    context.restore();
  }

  /**
   * Draws what of a stroke may touch an area. A point names a pixel: the middle
   * of an odd stroke is the middle of that pixel, that of an even one its
   * corner, so that both are as wide as they should be.
   * @param {import('./board.js').Seen} stroke
   * @param {Area} area
   */
  line(stroke, area) {
    const { context } = this;
    const { colour, width, points } = stroke;
    const middle = (width % 2) / 2;
    context.setTransform(1, 0, 0, 1, middle - this.part.x, middle - this.part.y);
    context.lineCap = context.lineJoin = 'round';
    context.lineWidth = width;
    context.strokeStyle = `#${colour.toString(16).padStart(6, '0')}`;
    context.beginPath();
    trace(context, points, touching(stroke, area));
    context.stroke();
  }
}
