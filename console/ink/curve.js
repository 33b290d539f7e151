/**
 * The line through a stroke's points: ink/curve.go, function by function.
 *
 * It is a centripetal Catmull-Rom spline, which goes through every point and
 * has no loop or cusp between two of them. A segment depends on the points at
 * its ends and on one more on each side. Where the cosine of the angle between
 * two directions is a third or less, or a point is given twice, there is a
 * corner; between two corners the line is straight.
 *
 * @typedef {{ x: number, y: number }} Vector
 * @typedef {[Vector, Vector, Vector, Vector]} Cubic a Bezier curve: its ends, and between them its two handles
 *
 * @typedef {object} Path what of a canvas path it takes
 * @property {(x: number, y: number) => void} moveTo
 * @property {(x: number, y: number) => void} lineTo
 * @property {(ax: number, ay: number, bx: number, by: number, x: number, y: number) => void} bezierCurveTo
 */

// A line without a length has no ends to round in every browser: a dot is this long.
const DOT = 0.01;

/**
 * @param {number[]} points x, y of each
 * @param {number} i
 * @returns {Vector}
 */
const at = (points, i) => ({ x: points[2 * i], y: points[2 * i + 1] });

/**
 * The curve from a point to the next.
 * @param {number[]} points x, y of each
 * @param {number} i
 * @returns {Cubic}
 */
export function segment(points, i) {
  const p = at(points, i), q = at(points, i + 1);
  const third = { x: (q.x - p.x) / 3, y: (q.y - p.y) / 3 };
  const before = i > 0 ? handles(at(points, i - 1), p, q) : null;
  const after = 2 * i + 4 < points.length ? handles(p, q, at(points, i + 2)) : null;
  const out = before?.out ?? third, into = after?.into ?? third;
  return [p, { x: p.x + out.x, y: p.y + out.y }, { x: q.x - into.x, y: q.y - into.y }, q];
}

/**
 * The handles on both sides of q, on the bisector of the two directions; none
 * at a corner.
 * @param {Vector} p
 * @param {Vector} q
 * @param {Vector} r
 */
function handles(p, q, r) {
  const u = { x: q.x - p.x, y: q.y - p.y }, v = { x: r.x - q.x, y: r.y - q.y };
  const long = Math.hypot(u.x, u.y), next = Math.hypot(v.x, v.y);
  if (3 * (u.x * v.x + u.y * v.y) <= long * next) return null;
  const a = Math.sqrt(long), b = Math.sqrt(next);
  const along = (/** @type {number} */ one, /** @type {number} */ two) => (one * b / a + two * a / b) / (3 * (a + b));
  const tangent = { x: along(u.x, v.x), y: along(u.y, v.y) };
  return { into: { x: tangent.x * a, y: tangent.y * a }, out: { x: tangent.x * b, y: tangent.y * b } };
}

/**
 * Draws the line, or those segments of it that are wanted.
 * @param {Path} path
 * @param {number[]} points x, y of each; at least one
 * @param {(segment: number) => boolean} [wanted] by the index of its first point
 */
export function trace(path, points, wanted = () => true) {
  const last = points.length / 2 - 1;
  if (last === 0) dot(path, at(points, 0));
  for (let i = 0, joined = false; i < last; i++) {
    const drawn = wanted(i);
    if (drawn && !joined) path.moveTo(points[2 * i], points[2 * i + 1]);
    if (drawn) bend(path, segment(points, i));
    joined = drawn;
  }
}

/**
 * @param {Path} path
 * @param {Cubic} curve
 */
function bend(path, [, a, b, q]) {
  path.bezierCurveTo(a.x, a.y, b.x, b.y, q.x, q.y);
}

/**
 * @param {Path} path
 * @param {Vector} p
 */
function dot(path, { x, y }) {
  path.moveTo(x, y);
  path.lineTo(x + DOT, y);
}
