/**
 * The page: joins what it shows to a call. Only this module touches the
 * document; the others have the elements that it hands them.
 */

import { Call, supported } from './call.js';
import { clock } from './clock.js';
import { KEYBOARD } from './consent.js';
import { Door } from './door.js';
import { Meter } from './meter.js';
import { Mouse } from './mouse.js';
import { paced } from './pace.js';
import { element, picture, write } from './page.js';
import { MAX_NAME } from './protocol/limits.js';
import { publish } from './publish.js';
import { Room } from './room.js';
import { clean, codeFrom, cut } from './text.js';
import { Toolbar } from './toolbar.js';
import { Typing } from './typing.js';
import { ViewBar } from './viewbar.js';
import { sentence, wordsFor } from './words.js';

const { language, words } = wordsFor(navigator.languages);

/** @type {Call | null} the call that is shown; it stays when it has ended */
let call = null;
/** Why the last code did not lead to a call: an error of the desk, or nothing. */
let failure = '';

const any = (/** @type {string} */ id) => element(id, HTMLElement);
const button = (/** @type {string} */ id) => element(id, HTMLButtonElement);

const said = any('said');
const { sheet, ink, display, labels, mark } = picture();
const meter = new Meter(words, any('meter'), any);
const door = new Door({
  form: element('door', HTMLFormElement), code: element('code', HTMLInputElement), name: element('name', HTMLInputElement),
  says: any('doorSays'), submit: button('submit'), cancel: button('cancel'),
}, { join, cancel });
const room = new Room(words, {
  section: any('room'), sheet, notice: any('notice'), sentence: any('sentence'), detail: any('detail'), again: button('again'),
  where: any('where'), badge: any('badge'), device: any('device'), tools: any('tools'),
  refresh: button('refresh'), zoom: any('zoom'),
}, display);
const toolbar = new Toolbar(words, {
  bar: any('toolbar'), modes: any('modes'), pens: any('pens'), colours: any('colours'), custom: element('custom', HTMLInputElement),
  widths: any('widths'), fades: any('fades'), undo: button('undo'), clear: button('clear'), tip: any('tip'),
  banner: any('banner'), paste: button('paste'), asks: any('asks'),
}, { call: () => call, enter, paste });
const viewBar = new ViewBar(words, { monitors: any('monitors'), scaled: button('scaled'), stage: any('stage') }, { views: () => call?.views ?? null, changed: show });
const typing = new Typing(element('typing', HTMLTextAreaElement), window, { tools, changed: show, leave: () => enter('look') });
new Mouse(sheet, { tools, place: (x, y) => display.place(x, y), pressed: takeKeys });

/** @returns {keyof typeof words.sentences} */
function view() {
  if (failure) return 'failed';
  return call ? call.view : 'idle';
}

function why() {
  return failure || (call?.session.why ?? 0);
}

function tools() {
  return call?.tools ?? null;
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
  const name = cut(clean(door.name, MAX_NAME) || words.unnamed, MAX_NAME);
  call = new Call({ display, changed, drawn: showInk, mac: /Mac|iP/.test(navigator.platform) }, { name, reason: words.reason });
  call.run(code);
}

/** Goes back to where a code is typed. */
function goToDoor() {
  call = null;
  failure = '';
  door.fill('');
  show();
}

function cancel() {
  call?.session.leave();
  goToDoor();
}

/**
 * Looks, draws or controls, with the keyboard where it is needed then.
 * @param {import('./tools.js').Mode} mode
 */
function enter(mode) {
  call?.tools.choose(mode);
  if (call?.tools.mode === 'control') takeKeys();
  else if (typing.here) any('modes').querySelector('button')?.focus();
}

/**
 * The keyboard goes to the device, as far as the user allows it.
 * @param {number} [x] where the agent looks, CSS pixels of the page
 * @param {number} [y]
 */
function takeKeys(x, y) {
  const { left, top } = sheet.getBoundingClientRect();
  if (call?.session.consent.holds(KEYBOARD)) typing.focusAt((x ?? left) - left, (y ?? top) - top);
  else any('stage').focus({ preventScroll: true });
}

/** Types the agent's clipboard on the device. */
function paste() {
  takeKeys();
  typing.fromClipboard();
}

let shown = '';

/** The call has changed: of a flood of its messages a few are shown. */
const changed = paced(show, clock);

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
  document.body.dataset.mode = call?.tools.mode ?? 'look';
  document.body.dataset.hand = String(call?.session.consent.hand.why ?? 0);
  door.show(now, text, atDoor);
  showTools();
  room.show(now, text, call); // last, because the picture takes the room that the tools leave
  labels.show(call?.session.areas ?? [], display.part);
  viewBar.show();
  meter.show(call, !atDoor && now !== 'ended', labels.count);
  const aloud = atDoor ? '' : text; // the door has a voice of its own
  if (said.textContent !== aloud) said.textContent = aloud;
  if (now !== shown) (atDoor ? door : room).focus(now);
  shown = now;
}

function showTools() {
  toolbar.show(view(), { away: !typing.here, refused: typing.refused });
  ink.follow(call?.session.inkApart ? call.tools.board : null);
  ink.show();
}

/** Our own ink has changed. */
function showInk() {
  ink.show();
  if (call) toolbar.showPens(call.tools);
}

/** Takes the code out of the link, and out of the address bar. */
function joinByLink() {
  const linked = location.hash.slice(1);
  if (!linked) return;
  history.replaceState(null, '', location.pathname + location.search);
  if (call && call.view !== 'ended') return;
  door.fill(clean(linked, 16));
  join(linked);
}

/** The page is not looked at any more: nothing stays pressed. */
function rest() {
  call?.tools.release();
}

write(language, words.page, mark);
display.laidOut = () => call?.views.later();
publish({ view, why, call: () => call, display });
any('again').addEventListener('click', () => (call?.view === 'ended' ? goToDoor() : call?.session.ask()));
button('refresh').addEventListener('click', () => call?.session.refresh());
button('leave').addEventListener('click', () => call?.session.leave());
addEventListener('keydown', (event) => toolbar.key(event));
addEventListener('hashchange', joinByLink);
addEventListener('blur', rest);
document.addEventListener('visibilitychange', rest);
addEventListener('pagehide', () => {
  rest();
  call?.session.leave();
});
setInterval(() => {
  if (call) meter.update(call);
  showTools();
}, 1000);
show();
joinByLink();
