/**
 * The desk: where an offer is exchanged for the answer of a device.
 */

import { MAX_SDP } from './answer.js';

/** A connection that did not come about. */
export class DeskError extends Error {
  /** @param {string} id of the desk's errors, or desk_unreachable */
  constructor(id) {
    super(id);
    this.name = 'DeskError';
    this.id = id;
  }
}

/**
 * @param {string} code of the user, 8 characters
 * @param {string} offer SDP after gathering
 * @param {AbortSignal} signal
 * @returns {Promise<{ answer: string, resource: string }>} resource ends the connection at the desk
 */
export async function connect(code, offer, signal) {
  const response = await fetch('/api/connect', {
    method: 'POST',
    headers: { 'Authorization': `Bearer ${code}`, 'Content-Type': 'application/sdp' },
    body: offer,
    cache: 'no-store',
    signal,
  }).catch(() => { throw new DeskError('desk_unreachable'); });
  if (response.status !== 201) throw new DeskError(await errorOf(response));
  const answer = await response.text().catch(() => '');
  if (answer.length === 0 || answer.length > MAX_SDP) throw new DeskError('desk_unreachable');
  return { answer, resource: response.headers.get('Location') ?? '' };
}

/**
 * Ends a connection at the desk; the page may be going away.
 * @param {string} resource
 */
export async function leave(resource) {
  if (!/^\/api\/connections\/[\w-]+$/.test(resource)) return;
  await fetch(resource, { method: 'DELETE', keepalive: true }).catch(() => {});
}

/** @param {Response} response */
async function errorOf(response) {
  const body = await response.json().catch(() => null);
  return typeof body?.error === 'string' ? body.error : 'desk_unreachable';
}
