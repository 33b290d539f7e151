/**
 * So many in any stretch of time, and not one more: whichever way the other
 * side counts, it never counts too many.
 */
export class Rate {
  /**
   * @param {number} most
   * @param {number} span milliseconds
   */
  constructor(most, span) {
    this.most = most;
    this.span = span;
    /** @type {{ at: number, n: number }[]} what was taken in the last span, oldest first */
    this.taken = [];
    this.sum = 0;
  }

  /**
   * How many may be taken now.
   * @param {number} now
   */
  room(now) {
    while (this.taken.length > 0 && this.taken[0].at <= now - this.span) this.sum -= this.taken.shift()?.n ?? 0;
    return this.most - this.sum;
  }

  /**
   * Takes some, whether or not there is room for them.
   * @param {number} n
   * @param {number} now
   */
  take(n, now) {
    this.taken.push({ at: now, n });
    this.sum += n;
  }

  /**
   * How long it takes until there is room.
   * @param {number} n
   * @param {number} now
   */
  wait(n, now) {
    let room = this.room(now);
    for (const { at, n: freed } of this.taken) {
      if (room >= n) break;
      room += freed;
      if (room >= n) return at + this.span - now;
    }
    return 0;
  }
}
