/**
 * Whether the other side is still there: pings, their round trip, and silence.
 * Time is counted in ticks of half a second and not on a clock, so that a
 * computer which slept does not wake up to a lost connection.
 */

const SILENCE = 20; // ticks without a word: the connection is lost
const OPENING = 30; // ticks without a welcome: it did not come about
const REPLIES = 4; // pings of the other side answered in a tick, at most

export class Pulse {
  /** @param {() => number} now milliseconds */
  constructor(now) {
    this.now = now;
    /** @type {Map<number, number>} when each unanswered ping left */
    this.asked = new Map();
    this.number = 0; // of the last ping
    this.roundTrip = NaN; // ms, of the last reply
    this.replies = 0; // in this tick
    this.quiet = 0; // ticks since anything came
    this.ticks = 0;
  }

  /** Something came from the other side. */
  heard() {
    this.quiet = 0;
  }

  tick() {
    this.ticks++;
    this.quiet++;
    this.replies = 0;
  }

  get silent() {
    return this.quiet > SILENCE;
  }

  get tooLong() {
    return this.ticks > OPENING;
  }

  /** The next ping to send. */
  ask() {
    const now = this.now();
    this.number++;
    this.asked.set(this.number, now);
    this.asked.delete(this.number - SILENCE);
    return { number: this.number, reply: false, time: Math.round(1000 * now) };
  }

  /**
   * Takes a ping: what to answer, if anything.
   * @param {import('./protocol/messages.js').Ping} ping
   */
  take({ number, reply, time }) {
    if (!reply) return this.replies++ < REPLIES ? { number, reply: true, time } : null;
    const left = this.asked.get(number);
    if (left !== undefined) this.roundTrip = this.now() - left;
    this.asked.delete(number);
    return null;
  }
}
