/**
 * What this console has drawn and is to be seen: the same rules as on the
 * device, so that the agent sees what the user sees. SPEC.md 8.9; ink.Board in
 * Go is its twin.
 *
 * @typedef {object} Stroke
 * @property {number} number
 * @property {number} colour 0xRRGGBB
 * @property {number} width device pixels
 * @property {number} fade milliseconds from its end until it is gone; 0 stays
 * @property {number[]} points x, y of each, device pixels
 * @property {number} gone when it has faded away; Infinity while it is drawn, or stays
 *
 * @typedef {{ number: number, colour: number, width: number, points: number[] }} Seen as it is to be seen now
 */

import { MAX_ALIVE, MAX_STROKES } from '../protocol/limits.js';
import { nextChange, widthAt } from './fade.js';

export class Board {
  constructor() {
    /** @type {Stroke[]} oldest first */
    this.strokes = [];
  }

  /**
   * Begins a stroke; its number is higher than any before.
   * @param {{ number: number, colour: number, width: number, fade: number }} stroke
   */
  begin(stroke) {
    this.strokes.push({ ...stroke, points: [], gone: Infinity });
    this.makeRoom();
  }

  /**
   * Adds points to a stroke, if it is still there.
   * @param {number} number
   * @param {number[]} points
   */
  extend(number, points) {
    this.find(number)?.points.push(...points);
    this.makeRoom();
  }

  /**
   * @param {number} number
   * @param {number} now milliseconds
   */
  end(number, now) {
    const stroke = this.find(number);
    if (stroke && stroke.fade > 0) stroke.gone = now + stroke.fade;
  }

  /** @param {number} number of the stroke that goes */
  undo(number) {
    this.strokes = this.strokes.filter((stroke) => stroke.number !== number);
  }

  clear() {
    this.strokes = [];
  }

  /**
   * What is to be seen now, oldest first. What has faded away is left out, for
   * good.
   * @param {number} now
   * @returns {Seen[]}
   */
  seen(now) {
    this.strokes = this.strokes.filter(({ gone }) => gone > now);
    return this.strokes.filter(({ points }) => points.length > 0).map((stroke) => (
      { number: stroke.number, colour: stroke.colour, width: widthAt(stroke, now), points: stroke.points }));
  }

  /**
   * When it looks different by itself; Infinity: never.
   * @param {number} now
   */
  next(now) {
    return this.strokes.reduce((soonest, stroke) => Math.min(soonest, nextChange(stroke, now)), Infinity);
  }

  /** How many points are there. */
  get alive() {
    return this.strokes.reduce((sum, { points }) => sum + points.length / 2, 0);
  }

  makeRoom() {
    while (this.strokes.length > MAX_STROKES || this.alive > MAX_ALIVE) this.strokes.shift();
  }

  /** @param {number} number */
  find(number) {
    return this.strokes.find((stroke) => stroke.number === number);
  }
}
