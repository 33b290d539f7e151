/** Times in words. */
import { fill, words } from './words.js';

/**
 * @param {number} seconds
 * @returns {string} such as 9:05
 */
export function minutesAndSeconds(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/**
 * @param {number} seconds
 * @returns {string} such as "for 3 minutes"
 */
export function duration(seconds) {
  const minutes = Math.floor(Math.max(0, seconds) / 60);
  const { fresh, minute, minutes: some, hours } = words.people;
  if (minutes < 2) {
    return minutes < 1 ? fresh : minute;
  }
  if (minutes < 60) {
    return fill(some, { count: minutes });
  }
  return fill(hours, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/**
 * @param {number} at milliseconds
 * @returns {string} such as 14:05, as the user's language writes it
 */
export function clockTime(at) {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
