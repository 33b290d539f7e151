/**
 * Everything the page says, by language. Another language is another entry of
 * `catalogues` with the same keys; a test compares them.
 */

const en = {
  // Fixed texts of the page, by their data-word.
  page: {
    join: 'Join a session',
    hint: 'Ask the person you help for the code that their device shows.',
    code: 'Code',
    name: 'Your name',
    nameHint: 'Shown to the person you help.',
    submit: 'Join',
    cancel: 'Cancel',
    replay: 'Play a recording of a session',
    replayHint: 'Opens a file of this computer, in this page; it goes nowhere',
    refresh: 'Refresh',
    refreshHint: 'Fetch the whole picture anew',
    monitors: 'Monitor',
    all: 'All',
    allHint: 'Show all monitors (0 on the picture)',
    scaled: 'Scaled',
    scaledHint: 'Let the device scale the picture to this window: less data, softer text (S on the picture)',
    zoom: 'Size of the picture',
    fit: 'Fit',
    fitHint: 'Fit the picture into the window',
    half: '50 %',
    real: '100 %',
    realHint: 'One pixel of the device is one pixel here',
    double: '200 %',
    leave: 'Leave',
    screen: 'Screen of the device',
    typing: 'Keyboard of the device',
    toolbar: 'Tools',
    modes: 'What you do with the picture',
    look: 'Look',
    lookHint: 'Nothing you do reaches the device',
    draw: 'Draw',
    drawHint: 'Draw on the user\'s screen; Escape ends it',
    control: 'Control',
    controlHint: 'Your mouse and keyboard work on the device',
    colours: 'Colour',
    red: 'Red',
    orange: 'Orange',
    yellow: 'Yellow',
    green: 'Green',
    blue: 'Blue',
    violet: 'Violet',
    custom: 'Another colour',
    widths: 'Width',
    thin: 'Thin',
    medium: 'Medium',
    thick: 'Thick',
    widest: 'Very thick',
    fades: 'How long it stays',
    stays: 'Stays',
    short: '3 s',
    shortHint: 'Fades 3 seconds after it is drawn',
    long: '10 s',
    longHint: 'Fades 10 seconds after it is drawn',
    undo: 'Undo',
    undoHint: 'Take your last stroke away (Ctrl+Z)',
    clear: 'Clear',
    clearHint: 'Take all your strokes away',
    paste: 'Type clipboard',
    pasteHint: 'Type the text of your own clipboard on the device (Ctrl+Shift+V)',
    askInk: 'Ask to draw',
    askPointer: 'Ask for mouse',
    askKeyboard: 'Ask for keyboard',
    private: 'private',
    privacy: 'Private',
    mode: 'Mode',
    rate: 'Frames',
    traffic: 'Data',
    total: 'In all',
    trip: 'Round trip',
    size: 'Picture',
    scopes: 'Allowed',
  },

  // What an agent who gives no name is called, and why they ask.
  unnamed: 'Support agent',
  reason: 'To see the problem on your screen and help you with it',
  reasons: { 2: 'To show you on your screen where to look', 4: 'To help you with the mouse', 8: 'To help you with the keyboard' },

  /** @type {(name: string) => string} */
  device: (name) => name || 'Unnamed device',

  // One short label for each view.
  labels: {
    idle: 'Not connected', connecting: 'Connecting', failed: 'Not connected', asking: 'Waiting', refused: 'Not allowed',
    taken: 'Not allowed', opening: 'Allowed', live: 'Live', paused: 'Paused', gone: 'Waiting', ended: 'Ended',
  },

  // One sentence for each view.
  sentences: {
    idle: '',
    connecting: 'Connecting to the device.',
    failed: 'The connection could not be made.',
    asking: 'Waiting for the user to allow you to see the screen.',
    refused: 'The user did not allow it, or did not answer.',
    taken: 'The user has stopped showing you the screen.',
    opening: 'The user allowed it, and the picture is on its way.',
    live: 'You see the screen.',
    paused: 'The user has paused the picture.',
    gone: 'The device has no screen at the moment; the picture comes back with it.',
    ended: 'The session has ended.',
  },

  // Why asking did not help, by reason code.
  refusals: {
    3: 'The user does not want to show the screen now.',
    4: 'The user did not answer.',
  },

  // Why there was no session, by the desk's error.
  failures: {
    code_form: 'A code has eight letters and digits.',
    code_wrong: 'This code is wrong, was used before, or has expired; ask for a new one.',
    desk_unreachable: 'The desk cannot be reached; check your connection and try again.',
    device_away: 'The device is not connected to the desk at the moment.',
    device_busy: 'The device is busy with other helpers; try again later.',
    device_failed: 'The device could not make a connection; try again with a new code.',
    device_silent: 'The device did not answer; try again with a new code.',
    offer_bad: 'This browser and the device could not agree on a connection.',
    forbidden: 'The desk does not accept this page; open the link that the device shows.',
    too_large: 'This browser and the device could not agree on a connection.',
    too_many: 'There were too many attempts; wait a minute, then try again.',
    desk_full: 'The desk has no room for another connection; try again later.',
    desk_stopping: 'The desk is being restarted; try again in a minute.',
    unsupported: 'This browser cannot show a device; use a recent version of Chromium, Firefox or Safari.',
  },

  // Why a session ended, by reason code.
  endings: {
    1: 'The user ended the session.',
    2: 'You left the session.',
    3: 'The user does not want help now.',
    4: 'The time that the user allowed is over.',
    5: 'The device shut down its help service.',
    6: 'The device is busy with other helpers; try again later.',
    19: 'The connection to the device did not come about.',
    20: 'The device speaks another version; update the older side.',
    25: 'The device cannot show its screen.',
    30: 'Something went wrong, and the session had to end.',
    31: 'The connection to the device was lost.',
  },

  /** @type {(code: number) => string} */
  endedByUs: (code) => `The device sent something that this console does not accept (reason ${code}).`,
  /** @type {(code: number) => string} */
  endedByThem: (code) => `The device did not accept what this console sent (reason ${code}).`,
  /** @type {(text: string) => string} */
  deviceSays: (text) => `The device says: ${text}`,

  // What the agent is told beside the tools, and over the picture.
  tips: {
    draw: 'The user sees this.',
    both: 'You control the device. Ctrl+Alt+Shift lets go.',
    mouse: 'You control the mouse of the device. Ctrl+Alt+Shift lets go.',
    keys: 'You control the keyboard of the device. Ctrl+Alt+Shift lets go.',
    away: 'Click the picture to type on the device. Ctrl+Alt+Shift lets go.',
    hand: 'The user\'s own hand has taken over; your input rests.',
    asked: 'The user is being asked; your input rests until they have answered.',
    cut: 'Your clipboard was too long: only its beginning was typed.',
    clipboard: 'The browser does not hand over the clipboard; press Ctrl+Shift+V instead.',
    open: 'The user is being asked.',
    denied: 'The user does not allow that now.',
  },
  /** @type {(bytes: number) => string} */
  typingLeft: (bytes) => `Your clipboard is being typed, ${bytes} bytes to go. Escape stops it.`,

  /** @type {(n: number) => string} */
  monitor: (n) => `Monitor ${n}`,

  /** @type {(n: number) => string} */
  areas: (n) => (n === 0 ? 'nothing' : n === 1 ? '1 area' : `${n} areas`),
  /** @type {(n: number) => string} */
  areasSaid: (n) => (n === 0 ? 'Nothing is private.' : n === 1 ? '1 area is private.' : `${n} areas are private.`),
  // What the device finds of secrets, by SPEC.md 7.9.
  protections: ['This device does not find password fields.', 'Password fields are found and hidden.', 'Only chosen windows are shown.'],
  unprotected: 'password fields are not found',

  actions: { ask: 'Ask again', join: 'Join again' },
  scopes: ['View', 'Draw', 'Mouse', 'Keyboard'],
  allowed: 'allowed',
  notAllowed: 'not allowed',

  /** @type {(n: number) => string} */
  perSecond: (n) => `${n}/s`,
  /** @type {(kilobytes: number) => string} */
  kilobytes: (kilobytes) => `${kilobytes < 10 ? kilobytes.toFixed(1) : Math.round(kilobytes)} kB/s`,
  /** @type {(megabytes: number) => string} */
  megabytes: (megabytes) => `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`,
  /** @type {(rate: string) => string} */
  atMost: (rate) => `at most ${rate}`,
  /** @type {(ms: number) => string} */
  milliseconds: (ms) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`,
  /** @type {(width: number, height: number) => string} */
  pixels: (width, height) => `${width} × ${height}`,

  // The page that plays a recording.
  replay: {
    page: {
      recording: 'Recording',
      join: 'Join a session',
      file: 'Recording to open',
      fileHint: 'It is read here and goes nowhere',
      controls: 'Recording',
      line: 'Time',
      lineHint: 'Arrow keys go 5 seconds, Home and End to either end',
      speeds: 'Speed (+ and -)',
      screen: 'Screen of the device, as it was',
      private: 'private',
    },
    play: 'Play',
    pause: 'Pause',
    /** @type {(speed: number) => string} */
    times: (speed) => `${speed}×`,
    choose: 'Choose a recording above. It is read in this page and goes nowhere.',
    unreadable: 'the file cannot be read',
    /** @type {(why: string) => string} */
    broken: (why) => `This recording is damaged. What is before the damage is played (${why}).`,
  },
};

/** @typedef {typeof en} Words */

/** @type {{ [language: string]: Words }} */
export const catalogues = { en };

/**
 * The catalogue of the first language that there is one for.
 * @param {readonly string[]} languages as the browser lists them
 */
export function wordsFor(languages) {
  const language = languages.map((tag) => tag.split('-')[0]).find((tag) => tag in catalogues) ?? 'en';
  return { language, words: catalogues[language] };
}

/**
 * The sentence that says where a session stands.
 * @param {Words} words
 * @param {keyof Words['sentences']} view
 * @param {number | string} why a reason code, or an error of the desk
 * @param {boolean} ours whether this side ended it
 */
export function sentence(words, view, why, ours) {
  const by = (/** @type {{ [why: string]: string }} */ texts) => texts[why];
  switch (view) {
    case 'failed': return by(words.failures) ?? words.sentences.failed;
    case 'refused': return by(words.refusals) ?? words.sentences.refused;
    case 'ended': return by(words.endings) ?? (ours ? words.endedByUs : words.endedByThem)(Number(why));
    default: return words.sentences[view];
  }
}
