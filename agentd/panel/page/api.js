/**
 * The panel's HTTP API, docs/panel-api.md.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Scope} Scope
 */

/** Milliseconds that an answer may take: the longest wait is 25 s. */
const patience = 35_000;

/** A no of the daemon, with a sentence for the user. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} id
   * @param {string} message
   */
  constructor(status, id, message) {
    super(message);
    this.status = status;
    this.id = id;
  }
}

/** The API with one tab's token. */
export class Panel {
  /** @param {string} token */
  constructor(token) {
    this.token = token;
  }

  /**
   * The state as soon as its number differs from after; the present one
   * without after.
   * @param {number} [after]
   * @returns {Promise<State>}
   */
  state(after) {
    return this.call('GET', after === undefined ? 'state' : `state?after=${after}`);
  }

  /**
   * @param {string} session
   * @param {Scope[]} scopes none means no
   * @returns {Promise<State>} the state afterwards
   */
  grant(session, scopes) {
    return this.call('POST', 'grants', { session, scopes });
  }

  /**
   * @param {Scope} scope taken from every session; view takes all
   * @returns {Promise<State>} the state afterwards
   */
  revoke(scope) {
    return this.call('DELETE', `grants/${scope}`);
  }

  /**
   * Shows a window that cannot be checked.
   * @param {number} id
   * @returns {Promise<State>} the state afterwards
   */
  show(id) {
    return this.call('POST', `windows/${id}/show`);
  }

  /**
   * Lets a session type into the hidden field it was refused at.
   * @param {string} session
   * @param {string} field
   * @returns {Promise<State>} the state afterwards
   */
  allowField(session, field) {
    return this.call('POST', 'fields/allow', { session, field });
  }

  /**
   * What agents are shown, once it has another number than after; null when
   * there was nothing new in time.
   * @param {number} after
   * @returns {Promise<Picture|null>}
   */
  view(after) {
    return ask('GET', `view?after=${after}`, undefined, this.headers, picture);
  }

  /**
   * @param {'pause'|'resume'|'stop'|'ring'|'cancel'} act
   * @returns {Promise<State>} the state afterwards
   */
  act(act) {
    return this.call('POST', act);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  call(method, path, body) {
    return ask(method, path, body, this.headers, json);
  }

  get headers() {
    return { Authorization: `Bearer ${this.token}` };
  }
}

/**
 * Exchanges a link's code for a token.
 * @param {string} code
 * @returns {Promise<string>}
 */
export async function exchange(code) {
  return (await ask('POST', 'token', { code }, {}, json)).token;
}

/** @param {Response} answer @returns {Promise<any>} */
const json = (answer) => answer.json();

/**
 * A private area of a picture.
 * @typedef {{x: number, y: number, width: number, height: number, why: string}} Hidden
 *
 * What agents are shown.
 * @typedef {object} Picture
 * @property {number} number
 * @property {Blob} file
 * @property {Hidden[]} hidden
 *
 * @param {Response} answer
 * @returns {Promise<Picture|null>}
 */
async function picture(answer) {
  if (answer.status === 204) {
    return null;
  }
  const areas = answer.headers.get('View-Private') || '';
  return {
    number: Number(answer.headers.get('View-Number')),
    file: await answer.blob(),
    hidden: areas.split(', ').filter(Boolean).map(hidden),
  };
}

/**
 * @param {string} area
 * @returns {Hidden}
 */
function hidden(area) {
  const [x, y, width, height, why] = area.split(' ');
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height), why };
}

/**
 * @template T
 * @param {string} method
 * @param {string} path
 * @param {object|undefined} body
 * @param {Record<string, string>} headers
 * @param {(answer: Response) => Promise<T>} read
 * @returns {Promise<T>}
 */
async function ask(method, path, body, headers, read) {
  const patient = new AbortController();
  const alarm = setTimeout(() => patient.abort(), patience);
  try {
    const answer = await fetch(`api/${path}`, {
      method,
      headers: body ? { ...headers, 'Content-Type': 'application/json' } : headers,
      body: body && JSON.stringify(body),
      credentials: 'omit',
      signal: patient.signal,
    });
    if (!answer.ok) {
      const said = await answer.json();
      throw new Refused(answer.status, said.error, said.message);
    }
    return await read(answer);
  } finally {
    clearTimeout(alarm);
  }
}
