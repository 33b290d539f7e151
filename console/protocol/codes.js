/**
 * Why a connection ended or something was refused. SPEC.md 10; those from
 * SIZE to RANGE are in the order of checks (SPEC.md 3.1).
 */

export const STOPPED = 1;
export const LEFT = 2;
export const REFUSED = 3;
export const EXPIRED = 4;
export const SHUTDOWN = 5;
export const BUSY = 6;
export const SIZE = 10;
export const FORM = 11;
export const CANONICAL = 12;
export const KIND = 13;
export const CHANNEL = 14;
export const STATE = 15;
export const KEYS = 16;
export const TYPES = 17;
export const RANGE = 18;
export const TIMEOUT = 19;
export const VERSION = 20;
export const FOREIGN = 21;
export const FLOOD = 22;
export const DECODE = 23;
export const SEQUENCE = 24;
export const SCREEN = 25;
export const INTERNAL = 30;
export const LOST = 31;

/** A failed check: the error here and the bye on the wire are the same. */
export class Refusal extends Error {
  /**
   * @param {number} code of SPEC.md 10
   * @param {string} reason a plain sentence without secrets
   */
  constructor(code, reason) {
    super(reason);
    this.name = 'Refusal';
    this.code = code;
  }
}

/**
 * Turns whatever was thrown into a code: what we did not throw is our fault.
 * @param {unknown} error
 * @returns {number}
 */
export function codeOf(error) {
  return error instanceof Refusal ? error.code : INTERNAL;
}
