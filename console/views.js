/**
 * What the agent wants to see: all of the screen or one monitor, and either as
 * it is or scaled by the device to what the page can show. SPEC.md 7.10.
 *
 * @typedef {import('./dirty.js').Rect} Rect pixels of the device's screen
 * @typedef {{ width: number, height: number }} Size
 * @typedef {Rect & { mostWidth: number, mostHeight: number }} Wish zeros: all of it, as it is
 */

const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };
const MUCH = 0.75; // of a side: below it a scaled picture is worth its softness
export const SETTLED = 300; // ms that the page keeps its size before another picture is asked for

export class Views {
  /**
   * @param {import('./session.js').Session} session
   * @param {import('./clock.js').Clock} clock
   * @param {() => Size | null} room for the picture, pixels of the agent's screen; null when it is not made to fit
   */
  constructor(session, clock, room) {
    this.session = session;
    this.clock = clock;
    this.room = room;
    this.part = NOWHERE; // that the picture shows
    /** @type {Rect[]} */
    this.monitors = [];
    this.chosen = 0; // number of a monitor, from 1; 0: all of the screen
    this.scaled = false;
    /** @type {Wish | null} null: what the device took is not known */
    this.asked = { ...NOWHERE, mostWidth: 0, mostHeight: 0 };
    this.cancel = () => {};
  }

  /** Whether the device has views. */
  get offered() {
    return this.session.viewable;
  }

  /** The monitor that is wanted, as long as there is one of this number; or 0. */
  get monitor() {
    return this.chosen <= this.monitors.length ? this.chosen : 0;
  }

  /**
   * A picture has come.
   * @param {Rect} part
   * @param {Rect[]} monitors
   * @returns {boolean} whether it shows another part, or there are other monitors
   */
  take(part, monitors) {
    const stays = equal(part, this.part) && monitors.length === this.monitors.length && monitors.every((one, i) => equal(one, this.monitors[i]));
    if (stays) return false;
    this.part = part;
    this.monitors = monitors;
    return true;
  }

  /** @param {number} monitor its number, or 0 */
  choose(monitor) {
    if (monitor > this.monitors.length) return;
    this.chosen = monitor;
    this.settle();
  }

  /** @param {boolean} scaled whether the device may scale */
  scale(scaled) {
    this.scaled = scaled;
    this.settle();
  }

  /**
   * Asks for what is wanted, if that is not what was asked for last. A device
   * drops what is asked for while it shows nothing, and tells that only later.
   */
  settle() {
    this.cancel();
    if (this.session.state !== 'live' && this.session.looks > 0) this.asked = null;
    const wish = this.wish();
    if (!this.has(wish) && this.session.look(wish)) this.asked = wish;
  }

  /** @param {Wish} wish */
  has(wish) {
    return this.asked !== null && equal(wish, this.asked);
  }

  /** The page has changed; it may do so again at once. */
  later() {
    this.cancel();
    if (!this.has(this.wish())) this.cancel = this.clock.after(SETTLED, () => this.settle());
  }

  /** @returns {Wish} */
  wish() {
    if (this.monitor === 0) return { ...NOWHERE, ...this.most(around([this.part, ...this.monitors])) };
    const monitor = this.monitors[this.monitor - 1];
    return { ...monitor, ...this.most(monitor) };
  }

  /**
   * The largest picture that is wanted of something.
   * @param {Size} size
   */
  most({ width, height }) {
    const room = this.scaled ? this.room() : null;
    if (!room || Math.min(room.width / width, room.height / height) >= MUCH) return { mostWidth: 0, mostHeight: 0 };
    return { mostWidth: Math.max(1, Math.floor(room.width)), mostHeight: Math.max(1, Math.floor(room.height)) };
  }
}

/**
 * The size of the screen, as far as it is known.
 * @param {Rect[]} rects
 * @returns {Size}
 */
const around = (rects) => ({
  width: Math.max(...rects.map(({ x, width }) => x + width)), height: Math.max(...rects.map(({ y, height }) => y + height)),
});

/**
 * @template {{ [name: string]: number }} T
 * @param {T} a
 * @param {T} b
 */
const equal = (a, b) => Object.keys(a).every((name) => a[name] === b[name]);
