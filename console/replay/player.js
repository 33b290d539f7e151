/**
 * Plays a recording: hands its records to a stage when their time has come. To
 * go forward it hurries, to go back it begins anew, because each picture stands
 * on those before it.
 *
 * @typedef {import('./recording.js').Entry} Entry
 *
 * @typedef {object} Stage what is played on
 * @property {(entry: Entry) => Promise<void>} take ends when it can take the next
 * @property {() => void} close
 *
 * @typedef {object} Outside
 * @property {() => { next: () => Promise<Entry | null> }} open the recording, from its beginning
 * @property {() => Stage} stage a new one
 * @property {() => void} changed
 * @property {(error: unknown) => void} fail
 */

export const SPEEDS = [0.5, 1, 2, 4, 8];

export class Player {
  /**
   * @param {Outside} outside
   * @param {import('../clock.js').Clock} clock
   * @param {number} duration µs
   */
  constructor(outside, clock, duration) {
    this.outside = outside;
    this.clock = clock;
    this.duration = duration;
    this.speed = 1;
    this.playing = false;
    this.over = false; // closed
    this.anew = false; // it has to begin from the beginning
    this.base = 0; // µs of the recording
    this.since = 0; // of the clock, when it was there
    /** @type {Entry | null} taken from the recording, not due yet */
    this.ahead = null;
    this.given = 0; // µs of the last record on the stage
    this.turn = 0; // counts what the user does
    this.wake = () => {};
    this.running = Promise.resolve();
    this.recording = outside.open();
    this.stage = outside.stage();
  }

  /** Where it is: µs of the recording. */
  get time() {
    const gone = this.playing ? 1000 * (this.clock.now() - this.since) * this.speed : 0;
    return Math.min(this.base + gone, this.duration);
  }

  play() {
    const from = this.time < this.duration ? this.time : 0;
    if (from < this.given) this.anew = true;
    this.go(true, from);
  }

  pause() {
    this.go(false, this.time);
  }

  /** @param {number} speed one of SPEEDS */
  setSpeed(speed) {
    const { time } = this;
    this.speed = speed;
    this.go(this.playing, time);
  }

  /** @param {number} time µs */
  seek(time) {
    const to = Math.min(Math.max(time, 0), this.duration);
    if (to < this.given) this.anew = true;
    this.go(this.playing && to < this.duration, to);
  }

  /**
   * @param {boolean} playing
   * @param {number} time from where on
   */
  go(playing, time) {
    if (this.over) return;
    this.playing = playing;
    this.base = time;
    this.since = this.clock.now();
    const turn = ++this.turn;
    this.wake();
    this.running = this.running.then(() => this.run(turn)).catch((error) => this.stop(error));
    this.outside.changed();
  }

  /**
   * Gives what is due, until the user does something else or nothing is left.
   * @param {number} turn
   */
  async run(turn) {
    if (this.anew) this.restart();
    while (turn === this.turn) {
      this.ahead ??= await this.recording.next();
      const entry = this.ahead;
      if (!entry) return this.end(turn);
      const wait = entry.time - this.time;
      if (wait > 0 && !this.playing) return;
      if (wait > 0) await this.sleep(wait / 1000 / this.speed);
      else await this.give(entry);
    }
  }

  /** @param {Entry} entry */
  async give(entry) {
    this.ahead = null;
    this.given = entry.time;
    await this.stage.take(entry);
  }

  /** @param {number} turn */
  end(turn) {
    if (turn !== this.turn || !this.playing) return;
    this.base = this.duration;
    this.playing = false;
    this.outside.changed();
  }

  /**
   * The recording cannot be read any further, or the stage failed.
   * @param {unknown} error
   */
  stop(error) {
    this.base = this.time;
    this.playing = false;
    this.outside.fail(error);
  }

  restart() {
    this.anew = false;
    this.stage.close();
    this.recording = this.outside.open();
    this.stage = this.outside.stage();
    this.ahead = null;
    this.given = 0;
  }

  /** @param {number} delay ms; the user may cut it short */
  sleep(delay) {
    return /** @type {Promise<void>} */ (new Promise((resolve) => {
      const off = this.clock.after(delay, resolve);
      this.wake = () => { off(); resolve(); };
    }));
  }

  close() {
    this.over = true;
    this.turn++;
    this.wake();
    this.stage.close();
  }
}
