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
    return send(method, path, body, { Authorization: `Bearer ${this.token}` });
  }
}

/**
 * Exchanges a link's code for a token.
 * @param {string} code
 * @returns {Promise<string>}
 */
export async function exchange(code) {
  return (await send('POST', 'token', { code })).token;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<any>}
 */
async function send(method, path, body = undefined, headers = {}) {
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
    const said = await answer.json();
    if (!answer.ok) {
      throw new Refused(answer.status, said.error, said.message);
    }
    return said;
  } finally {
    clearTimeout(alarm);
  }
}
