/**
 * Which cells of the 64-pixel grid changed. However long nobody takes them,
 * they cost one byte a cell: changes are gathered, never queued.
 *
 * @typedef {{ x: number, y: number, width: number, height: number }} Rect
 */

import { CELL } from './protocol/limits.js';

export class Dirty {
  /**
   * @param {number} width of the picture
   * @param {number} height
   */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.columns = Math.ceil(width / CELL);
    this.rows = Math.ceil(height / CELL);
    this.cells = new Uint8Array(this.columns * this.rows);
  }

  /**
   * @param {number} x a rectangle inside the picture
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  mark(x, y, width, height) {
    const left = Math.floor(x / CELL), right = Math.floor((x + width - 1) / CELL);
    const bottom = Math.floor((y + height - 1) / CELL);
    for (let row = Math.floor(y / CELL); row <= bottom; row++) {
      this.cells.fill(1, row * this.columns + left, row * this.columns + right + 1);
    }
  }

  /**
   * Takes what changed as few rectangles that do not overlap: runs of cells in
   * a row, and equal runs of rows below one another.
   * @returns {Rect[]}
   */
  take() {
    /** @type {Rect[]} */
    const rects = [];
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) {
        if (this.cells[row * this.columns + column]) rects.push(this.takeFrom(column, row));
      }
    }
    return rects;
  }

  /**
   * Takes the run of cells that begins here and the equal runs below it.
   * @param {number} column
   * @param {number} row
   * @returns {Rect}
   */
  takeFrom(column, row) {
    let right = column, bottom = row;
    while (right < this.columns && this.cells[row * this.columns + right]) right++;
    while (bottom < this.rows && this.isRun(column, right, bottom)) {
      this.cells.fill(0, bottom * this.columns + column, bottom * this.columns + right);
      bottom++;
    }
    const x = column * CELL, y = row * CELL;
    return { x, y, width: Math.min(right * CELL, this.width) - x, height: Math.min(bottom * CELL, this.height) - y };
  }

  /**
   * @param {number} left
   * @param {number} right beyond the last column
   * @param {number} row
   */
  isRun(left, right, row) {
    for (let column = left; column < right; column++) {
      if (!this.cells[row * this.columns + column]) return false;
    }
    return true;
  }
}
