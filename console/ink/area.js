/**
 * Rectangles between whole pixels, and where a board looks different from how
 * it was drawn last.
 *
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Area
 * @typedef {import('./board.js').Seen} Seen
 */

const EDGE = 2; // pixels that a line's soft edge may reach further
const BEND = 2; // points before a new one whose line it bends
const BULGE = 0.7; // of a segment's length, at most, that its handles reach beyond its ends

/**
 * The pixels that the line from one point to the next may touch.
 * @param {Seen} stroke
 * @param {number} i the first of the two; the last point stands alone
 * @returns {Area}
 */
function box({ points, width }, i) {
  const j = Math.min(i + 1, points.length / 2 - 1);
  const [px, py, qx, qy] = [points[2 * i], points[2 * i + 1], points[2 * j], points[2 * j + 1]];
  const reach = Math.ceil(width / 2 + BULGE * (Math.abs(qx - px) + Math.abs(qy - py))) + EDGE;
  return {
    left: Math.min(px, qx) - reach, top: Math.min(py, qy) - reach,
    right: Math.max(px, qx) + reach, bottom: Math.max(py, qy) + reach,
  };
}

/**
 * The pixels that a stroke may touch, from one of its points on.
 * @param {Seen} stroke with a point at least
 * @param {number} [from] index of the point
 */
export function around(stroke, from = 0) {
  let area = box(stroke, from);
  for (let i = from + 1; i < stroke.points.length / 2; i++) area = both(area, box(stroke, i));
  return area;
}

/**
 * Whether a segment of a stroke may touch an area.
 * @param {Seen} stroke
 * @param {Area} area
 */
export const touching = (stroke, area) => (/** @type {number} */ segment) => touch(box(stroke, segment), area);

/**
 * @param {Area | null} a
 * @param {Area} b
 * @returns {Area}
 */
export function both(a, b) {
  if (!a) return b;
  return {
    left: Math.min(a.left, b.left), top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom),
  };
}

/**
 * @param {Area} a
 * @param {Area} b
 */
export function touch(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** What has been drawn, and so what must be drawn anew. */
export class Drawn {
  constructor() {
    /** @type {Map<number, { points: number, width: number, area: Area }>} by the strokes' numbers */
    this.strokes = new Map();
  }

  /**
   * The area that looks different now, if any; from here on it counts as drawn.
   * @param {Seen[]} strokes to be seen, each with a point at least
   * @returns {Area | null}
   */
  take(strokes) {
    /** @type {Area | null} */
    let changed = null;
    const before = this.strokes;
    this.strokes = new Map();
    for (const stroke of strokes) {
      const fresh = this.note(stroke, before.get(stroke.number));
      before.delete(stroke.number);
      if (fresh) changed = both(changed, fresh);
    }
    for (const { area } of before.values()) changed = both(changed, area); // they are gone
    return changed;
  }

  /**
   * @param {Seen} stroke
   * @param {{ points: number, width: number, area: Area } | undefined} last
   * @returns {Area | null}
   */
  note(stroke, last) {
    const { number, width } = stroke, points = stroke.points.length / 2;
    if (!last || last.width !== width) {
      const area = both(last?.area ?? null, around(stroke));
      this.strokes.set(number, { points, width, area });
      return area;
    }
    const fresh = last.points === points ? null : around(stroke, Math.max(0, last.points - BEND));
    this.strokes.set(number, { points, width, area: fresh ? both(last.area, fresh) : last.area });
    return fresh;
  }
}
