/**
 * The page: joins what it shows to a call. Only this module touches the
 * document; display.js and meter.js have the elements that it hands them.
 */

import { Call } from './call.js';
import { Display } from './display.js';
import { Meter } from './meter.js';
import { MAX_NAME } from './protocol/limits.js';
import { publish } from './publish.js';
import { clean, codeFrom, cut } from './text.js';
import { sentence, wordsFor } from './words.js';

const { language, words } = wordsFor(navigator.languages);

/**
 * An element of index.html.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function element(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`index.html lacks ${id}`);
  return found;
}

const door = {
  form: element('door', HTMLFormElement),
  code: element('code', HTMLInputElement),
  name: element('name', HTMLInputElement),
  says: element('doorSays', HTMLElement),
  submit: element('submit', HTMLButtonElement),
  cancel: element('cancel', HTMLButtonElement),
};
const room = {
  section: element('room', HTMLElement),
  stage: element('stage', HTMLElement),
  sheet: element('sheet', HTMLElement),
  notice: element('notice', HTMLElement),
  sentence: element('sentence', HTMLElement),
  detail: element('detail', HTMLElement),
  again: element('again', HTMLButtonElement),
};
const bar = {
  where: element('where', HTMLElement),
  badge: element('badge', HTMLElement),
  device: element('device', HTMLElement),
  tools: element('tools', HTMLElement),
  refresh: element('refresh', HTMLButtonElement),
  fit: element('fit', HTMLButtonElement),
  real: element('real', HTMLButtonElement),
  leave: element('leave', HTMLButtonElement),
};
const said = element('said', HTMLElement);
const display = new Display(room.stage, room.sheet, element('screen', HTMLCanvasElement), element('pointer', HTMLCanvasElement));
const meter = new Meter(words, element('meter', HTMLElement), (id) => element(id, HTMLElement));

/** @type {Call | null} the call that is shown; it stays when it has ended */
let call = null;
/** Why the last code did not lead to a call: an error of the desk, or nothing. */
let failure = '';

/** @returns {keyof typeof words.sentences} */
function view() {
  if (failure) return 'failed';
  return call ? call.view : 'idle';
}

function why() {
  return failure || (call?.session.why ?? 0);
}

/**
 * Begins a call by what was typed or linked as a code.
 * @param {string} typed
 */
function join(typed) {
  const code = codeFrom(typed);
  failure = code ? '' : 'code_form';
  call = null;
  if (code) start(code);
  show();
}

/** @param {string} code */
function start(code) {
  if (!supported()) {
    failure = 'unsupported';
    return;
  }
  const name = cut(clean(door.name.value, MAX_NAME) || words.unnamed, MAX_NAME);
  call = new Call({ display, changed: show }, { name, reason: words.reason });
  call.run(code);
}

/** Whether this browser has what a call needs. */
function supported() {
  try {
    return Boolean(new DecompressionStream('deflate-raw')) && typeof RTCPeerConnection === 'function';
  } catch {
    return false;
  }
}

/** Goes back to where a code is typed. */
function goToDoor() {
  call = null;
  failure = '';
  door.code.value = '';
  show();
}

let shown = '';

/** Brings the page in line with the call. */
function show() {
  if (call?.failure) {
    failure = call.failure;
    call = null;
  }
  const now = view();
  const text = sentence(words, now, why(), call?.session.ending.ours ?? false);
  const atDoor = now === 'idle' || now === 'connecting' || now === 'failed';
  document.body.dataset.view = now;
  showDoor(now, text, atDoor);
  showRoom(now, text, atDoor);
  showBar(now, atDoor);
  const aloud = atDoor ? '' : text; // the door has a voice of its own
  if (said.textContent !== aloud) said.textContent = aloud;
  if (now !== shown) moveFocus(now);
  shown = now;
}

/**
 * @param {string} now
 * @param {string} text
 * @param {boolean} atDoor
 */
function showDoor(now, text, atDoor) {
  const connecting = now === 'connecting';
  door.form.hidden = !atDoor;
  door.says.textContent = text;
  door.says.classList.toggle('bad', now === 'failed');
  door.code.disabled = door.name.disabled = door.submit.disabled = connecting;
  door.cancel.hidden = !connecting;
}

/**
 * @param {string} now
 * @param {string} text
 * @param {boolean} atDoor
 */
function showRoom(now, text, atDoor) {
  const seen = now !== 'ended' && (call?.session.consent.seen ?? false);
  if (!seen && !room.sheet.hidden) display.clear();
  room.section.hidden = atDoor;
  room.sheet.hidden = !seen;
  room.notice.hidden = now === 'live';
  room.sentence.textContent = text;
  const remote = now === 'ended' && !call?.session.ending.ours ? clean(call?.session.ending.text ?? '') : '';
  room.detail.hidden = !remote;
  room.detail.textContent = remote && words.deviceSays(remote);
  const action = now === 'refused' || now === 'taken' ? words.actions.ask : now === 'ended' ? words.actions.join : '';
  room.again.hidden = !action;
  room.again.textContent = action;
  if (seen) display.layOut();
}

/**
 * @param {keyof typeof words.labels} now
 * @param {boolean} atDoor
 */
function showBar(now, atDoor) {
  bar.where.hidden = atDoor;
  bar.badge.textContent = words.labels[now];
  bar.device.textContent = atDoor ? '' : words.device(clean(call?.session.device ?? '', 64));
  bar.tools.hidden = atDoor || now === 'ended';
  bar.refresh.disabled = now !== 'live';
  meter.show(!atDoor && now !== 'ended');
}

/**
 * Puts the keyboard where the next step is.
 * @param {string} now
 */
function moveFocus(now) {
  if (now === 'connecting') door.cancel.focus();
  else if (now === 'idle' || now === 'failed') door.code.select();
  else if (!room.again.hidden) room.again.focus();
}

/** @param {import('./display.js').Zoom} zoom */
function setZoom(zoom) {
  display.setZoom(zoom);
  room.stage.dataset.zoom = zoom;
  bar.fit.setAttribute('aria-pressed', String(zoom === 'fit'));
  bar.real.setAttribute('aria-pressed', String(zoom === 'real'));
}

/** Takes the code out of the link, and out of the address bar. */
function joinByLink() {
  const linked = location.hash.slice(1);
  if (!linked) return;
  history.replaceState(null, '', location.pathname + location.search);
  if (call && call.view !== 'ended') return;
  door.code.value = clean(linked, 16);
  join(linked);
}

/** Writes the fixed texts into the page. */
function fill() {
  document.documentElement.lang = language;
  const texts = /** @type {{ [word: string]: string }} */ (words.page);
  for (const node of document.querySelectorAll('[data-word], [data-hint], [data-label]')) {
    if (!(node instanceof HTMLElement)) continue;
    const { word, hint, label } = node.dataset;
    if (word) node.textContent = texts[word];
    if (hint) node.title = texts[hint];
    if (label) node.setAttribute('aria-label', texts[label]);
  }
}

fill();
publish({ view, why, call: () => call });
door.form.addEventListener('submit', (event) => {
  event.preventDefault();
  join(door.code.value);
});
door.cancel.addEventListener('click', () => {
  call?.session.leave();
  goToDoor();
});
room.again.addEventListener('click', () => (call?.view === 'ended' ? goToDoor() : call?.session.ask()));
bar.refresh.addEventListener('click', () => call?.session.refresh());
bar.fit.addEventListener('click', () => setZoom('fit'));
bar.real.addEventListener('click', () => setZoom('real'));
bar.leave.addEventListener('click', () => call?.session.leave());
addEventListener('hashchange', joinByLink);
addEventListener('pagehide', () => call?.session.leave());
setInterval(() => call && meter.update(call), 1000);
show();
joinByLink();
