/**
 * The page that plays a recording: a local file, which never leaves this page.
 * Only this module touches the document.
 */

import { clock } from './clock.js';
import { Cursor } from './cursor.js';
import { inflateWhole } from './decoders/inflate.js';
import { onButtons, press, say } from './groups.js';
import { element, picture, write } from './page.js';
import { Player, SPEEDS } from './replay/player.js';
import { Recording, survey } from './replay/recording.js';
import { Stage } from './replay/stage.js';
import { clean } from './text.js';
import { sentence, wordsFor } from './words.js';

const STEP = 5_000_000; // µs that an arrow key goes
const TICK = 200; // ms between two looks at the clock

const { language, words } = wordsFor(navigator.languages);

const { sheet, display, labels, mark } = picture();
const says = element('says', HTMLElement), controls = element('controls', HTMLElement);
const button = element('play', HTMLButtonElement), line = element('line', HTMLInputElement), speeds = element('speeds', HTMLElement);
const chosen = element('file', HTMLInputElement);

/** @type {Player | null} */
let player = null;
/** @type {Stage | null} the player's */
let stage = null;
let broken = ''; // what is wrong with the file
let frames = 0;

/** A new stage, on a cleared page. */
function raise() {
  display.clear();
  sheet.hidden = true;
  frames = 0;
  const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
  /** @type {Cursor} */
  const cursor = new Cursor(async (data, size) => inflateWhole(data, size), (shape) => { if (stage === mine) display.setCursor(shape); },
    (code, text) => mine.session.end(code, text));
  /** @type {Stage} */
  const mine = new Stage(worker, {
    paint(frame) {
      frames++;
      sheet.hidden = false;
      display.paint(frame);
    },
    cursor: (message) => cursor.take(message),
    changed: show,
  }, clock);
  stage = mine;
  return mine;
}

/** @param {File} file */
async function open(file) {
  player?.close();
  player = null;
  stage = null;
  broken = '';
  element('name', HTMLElement).textContent = clean(file.name, 60);
  const found = await survey(file).catch(() => ({ duration: 0, broken: new Error(words.replay.unreadable) }));
  broken = found.broken ? words.replay.broken(found.broken.message) : '';
  player = new Player({ open: () => new Recording(file), stage: raise, changed: show, fail: show }, clock, found.duration);
  line.max = String(found.duration / 1000);
  player.play();
}

/** @param {number} micros */
const clockOf = (micros) => {
  const seconds = Math.floor(micros / 1e6);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

function show() {
  controls.hidden = !player;
  if (!player) return;
  button.textContent = player.playing ? words.replay.pause : words.replay.play;
  press(speeds, 'speed', String(player.speed));
  if (stage) {
    labels.show(stage.session.areas, display.part);
    if (!stage.session.consent.seen && stage.heard) display.clear();
  }
  say(says, broken || told());
  showTime();
}

/** What a session says that cannot be seen. */
function told() {
  const session = stage?.session;
  if (!session || session.view === 'live' || session.view === 'connecting') return '';
  return sentence(words, session.view, session.why, session.ending.ours);
}

function showTime() {
  if (!player) return;
  const text = `${clockOf(player.time)} / ${clockOf(player.duration)}`;
  line.value = String(player.time / 1000);
  line.setAttribute('aria-valuetext', text);
  element('time', HTMLOutputElement).value = text;
}

/** @param {KeyboardEvent} event */
function key(event) {
  const at = event.target;
  if (!player || event.ctrlKey || event.altKey || event.metaKey || at === chosen) return;
  const acts = /** @type {{ [key: string]: () => void }} */ ({
    ' ': toggle, 'ArrowLeft': () => player?.seek(player.time - STEP), 'ArrowRight': () => player?.seek(player.time + STEP),
    'Home': () => player?.seek(0), 'End': () => player?.seek(player.duration), '+': () => faster(1), '-': () => faster(-1),
  });
  const act = acts[event.key];
  if (!act || (event.key === ' ' && at instanceof HTMLButtonElement)) return;
  event.preventDefault();
  act();
}

function toggle() {
  if (player?.playing) player.pause();
  else player?.play();
}

/** @param {number} steps */
function faster(steps) {
  if (!player) return;
  const next = SPEEDS[SPEEDS.indexOf(player.speed) + steps];
  if (next) player.setSpeed(next);
}

for (const speed of SPEEDS) {
  const one = document.createElement('button');
  one.type = 'button';
  one.dataset.speed = String(speed);
  one.textContent = words.replay.times(speed);
  speeds.append(one);
}
write(language, words.replay.page, mark);
say(says, words.replay.choose);
onButtons(speeds, ({ speed }) => player?.setSpeed(Number(speed)));
button.addEventListener('click', toggle);
line.addEventListener('input', () => player?.seek(1000 * Number(line.value)));
chosen.addEventListener('change', () => { if (chosen.files?.[0]) void open(chosen.files[0]); });
addEventListener('keydown', key);
setInterval(showTime, TICK);
Object.defineProperty(globalThis, 'telestratorReplay', { value: {
  get time() { return player?.time ?? 0; }, get duration() { return player?.duration ?? 0; }, get playing() { return player?.playing ?? false; },
  get frames() { return frames; }, get view() { return stage?.session.view ?? ''; }, get broken() { return broken; },
} });
