/**
 * The help page: asks for the state, shows it, and does what the user wants.
 * Alone among the modules it touches the page and keeps time, but for look.js,
 * which paints what agents see.
 *
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Scope} Scope
 * @typedef {import('./types.js').View} View
 */
import { exchange, Panel, Refused } from './api.js';
import { cards } from './cards.js';
import { draw } from './draw.js';
import { Look } from './look.js';
import { Present } from './present.js';
import { view, viewWithout } from './view.js';
import { words } from './words.js';

/** The token's place: this tab alone, and gone with it. */
const tokenKey = 'telestrator-panel-token';

/** Seconds between two attempts to reach the daemon. */
const shortest = 0.5;
const longest = 5;

/** Milliseconds between two looks at what was counted: counts make no new state. */
const countEvery = 2000;

const present = new Present();

/** @type {Panel} */
let panel;

/** @type {Look} */
let look;

start();

async function start() {
  show(viewWithout('start'));
  byId('safety').textContent = words.safety;
  const token = await openToken();
  if (!token) {
    show(viewWithout('locked'));
    return;
  }
  panel = new Panel(token);
  look = new Look(panel, canvas, seen);
  byId('cards').addEventListener('click', press);
  byId('cards').addEventListener('change', turn);
  document.addEventListener('visibilitychange', seenAgain);
  setInterval(refresh, 1000); // for the times on view
  setInterval(recount, countEvery);
  await watch();
}

/**
 * The token of this tab: for the code in the link, or the one it has already.
 * The code leaves the address bar before anything else happens. A new link
 * opened in the same tab changes nothing but the part after #.
 */
async function openToken() {
  const code = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  addEventListener('hashchange', () => location.reload());
  if (code) {
    try {
      sessionStorage.setItem(tokenKey, await exchange(code));
    } catch {
      // An old token of this tab may still do.
    }
  }
  return sessionStorage.getItem(tokenKey);
}

/** Follows the state until the token is void. */
async function watch() {
  let pause = shortest;
  for (;;) {
    try {
      take(await panel.state(present.state?.number));
      pause = shortest;
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        return forget();
      }
      present.state = null;
      show(viewWithout('lost'));
      await new Promise((resolve) => setTimeout(resolve, pause * 1000));
      pause = Math.min(2 * pause, longest);
    }
  }
}

/** The daemon no longer knows this tab. */
function forget() {
  sessionStorage.removeItem(tokenKey);
  present.state = null;
  show(viewWithout('locked'));
}

/** @param {State} state */
function take(state) {
  const fresh = present.take(state, performance.now());
  refresh();
  if (fresh && document.activeElement === document.body) {
    byId('heading-0').focus(); // where the request begins, and nothing can be pressed
  }
}

/** Asks for the counts while there is something to count and somebody to see it. */
async function recount() {
  if (document.visibilityState !== 'visible' || !present.state?.sessions.some((s) => s.granted.length > 0)) {
    return;
  }
  try {
    take(await panel.state());
  } catch {
    // The watch sees it too, and says so.
  }
}

/** The delay before an answer counts from when the user could read it. */
function seenAgain() {
  if (document.visibilityState === 'visible') {
    present.seenAgain(performance.now());
    refresh();
  }
}

function refresh() {
  if (!present.state) {
    return;
  }
  const now = performance.now();
  show(view(present.state, {
    age: (now - present.arrived) / 1000,
    shown: (now - present.shown) / 1000,
    now: Date.now(),
    failed: present.failed,
    chosen: present.chosen,
    looking: present.looking,
    hidden: present.hidden,
    listed: (now - present.listed) / 1000,
    offered: (now - present.offered) / 1000,
  }));
  look.set(present.looking);
}

/** Where the picture goes; null while there is none. */
function canvas() {
  const element = document.getElementById('sight');
  return element instanceof HTMLCanvasElement ? element : null;
}

/** @param {number|null} hidden private areas of the picture on view */
function seen(hidden) {
  if (present.hidden !== hidden) {
    present.hidden = hidden;
    refresh();
  }
}

/** @param {View} v */
function show(v) {
  const focused = document.activeElement;
  document.title = v.title;
  byId('device').textContent = v.device;
  draw(byId('cards'), cards(v.cards));
  if (byId('say').textContent !== v.say) {
    byId('say').textContent = v.say;
  }
  if (focused && focused !== document.body && !focused.isConnected) {
    byId('heading-0').focus(); // never on the button that took its place
  }
}

/**
 * A switch was turned.
 * @param {Event} event
 */
function turn(event) {
  if (event.target instanceof HTMLInputElement) {
    present.turn(/** @type {Scope} */ (event.target.dataset.scope), event.target.checked);
    refresh();
  }
}

/** @param {Event} event */
async function press(event) {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  const { act = '', request = '', scope = '', value = '' } = button?.dataset ?? {};
  const doing = act + scope + value;
  if (!button || button.disabled || present.acts.has(doing)) {
    return; // a double click is one
  }
  if (act === 'look') {
    present.looking = !present.looking;
    refresh();
    return;
  }
  present.acts.add(doing);
  present.failed = '';
  refresh();
  try {
    take(await perform(act, request, /** @type {Scope} */ (scope), value));
  } catch (error) {
    present.failed = error instanceof Refused ? error.message : words.notices.failed;
    refresh();
  } finally {
    present.acts.delete(doing);
  }
}

/**
 * @param {string} act
 * @param {string} request id of the session that asks
 * @param {Scope} scope to take back
 * @param {string} value window or field that it is about
 */
function perform(act, request, scope, value) {
  switch (act) {
    case 'allow':
      return panel.grant(request, present.allowed());
    case 'refuse':
      return panel.grant(request, []);
    case 'revoke':
      return panel.revoke(scope);
    case 'show':
      return panel.show(Number(value));
    case 'field':
      return panel.allowField(request, value);
    case 'again':
      return panel.act('ring');
    default:
      return panel.act(/** @type {'pause'|'resume'|'stop'|'ring'|'cancel'} */ (act));
  }
}

/** @param {string} id */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`the page has no ${id}`);
  }
  return element;
}
