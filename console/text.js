/**
 * Text from the other side, before it is shown: control characters, marks that
 * turn the direction of writing, and characters without a width are removed,
 * and the length is cut. It is then inserted as text, never as HTML.
 */

// C0, C1, soft hyphen, Arabic letter mark, zero width and direction marks,
// line and paragraph separators, embeddings, isolates, invisible operators,
// fillers, variation selectors, byte order mark, annotations, tags.
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\u{e0000}-\u{e0fff}]/gu;

/**
 * @param {string} text
 * @param {number} [length] characters at most
 */
export function clean(text, length = 120) {
  const characters = [...text.replace(unseen, ' ').replace(/\s+/g, ' ').trim()];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
}

/**
 * Cuts a text to a number of UTF-8 bytes, at a character's end.
 * @param {string} text
 * @param {number} bytes
 */
export function cut(text, bytes) {
  const encoder = new TextEncoder();
  let length = 0, kept = '';
  for (const character of text) {
    length += encoder.encode(character).length;
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}

/**
 * What someone typed as a code, without the hyphen and with the characters
 * that Crockford's alphabet takes for one another.
 * @param {string} typed
 * @returns {string} 8 characters, or nothing
 */
export function codeFrom(typed) {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : '';
}
