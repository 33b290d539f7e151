/**
 * Every sentence of the page. Words in braces are filled in by fill().
 *
 * Short sentences, no terms of the trade, and always first what matters most:
 * who can see the screen.
 */
export const words = {
  title: 'Telestrator panel',
  safety: 'Ending is always safe. Support never asks for passwords, codes or payments.',
  device: 'Help page of {name}',
  somebody: 'Somebody without a name',

  start: {
    title: 'Telestrator panel',
    heading: 'One moment…',
    lead: 'This page is being connected.',
  },
  idle: {
    title: 'Telestrator panel: nobody sees your screen',
    heading: 'Nobody can see your screen',
    lead: 'If you would like help, ring. You get a code to read to your helper.',
  },
  waiting: {
    title: 'Telestrator panel: waiting for a helper',
    heading: 'Waiting for your helper',
    lead: 'Read this help code to your helper, and to nobody else.',
    asking: 'Your code is on its way…',
    expired: 'This code has expired. Get a new one.',
    left: 'Works once, for {time} more',
    code: 'Your help code: {letters}',
    dash: 'dash',
    address: 'Your helper opens this page and enters the code:',
    unseen: 'Nobody can see your screen yet. You will be asked first.',
  },
  asked: {
    title: 'Telestrator panel: please answer',
    heading: '{name} asks to {what}',
    unseen: 'Nothing is shown unless you allow it.',
    asBefore: 'Nothing changes unless you allow it.',
    unchecked: 'This name has not been checked. Be sure that you know who it is.',
    reason: 'They say: “{reason}”',
    list: 'They ask to',
    control: 'They ask to act for you',
    advice: 'Only you can turn this on. Your own hand always comes first.',
    needsView: 'only together with your screen',
    later: 'can be turned on in {time}',
    staysOff: 'off until you turn it on',
    turnedOn: 'turned on by you',
    nothing: 'Turn on what you want to allow.',
    read: 'Please read this first. You can answer in {time}.',
    now: 'You can answer now.',
    left: 'No answer within {time} means no.',
    demo: 'Demo: there is no waiting time before you can answer.',
    recorded: 'What they see and do will be recorded in a file on this device, without what they type.',
  },
  live: {
    title: 'Telestrator panel: your screen is being seen',
    heading: '{name} can see your screen',
    acting: '{name} can see your screen and {what}',
    headings: '{count} helpers can see your screen',
    list: 'Right now they can',
    all: 'without it nothing else is possible',
    yours: 'Your own mouse and keyboard always come first.',
    hand: 'You are using your mouse or keyboard: theirs rest.',
    tried: '{name} tried to type into a hidden field. You can allow it, for this field alone.',
  },
  paused: {
    title: 'Telestrator panel: paused',
    heading: 'Paused: your screen is not being shown',
    lead: 'Your helper is still connected, gets no new picture and can do nothing.',
    list: 'When you continue, they can',
  },
  over: {
    title: 'Telestrator panel: help has ended',
    heading: 'Help has ended',
    lead: 'Nobody can see your screen.',
    who: 'Your helper was {name}.',
  },
  lost: {
    title: 'Telestrator panel: no connection',
    heading: 'The help program does not answer',
    lead: 'This page keeps trying. If the help program has stopped, nobody can see your screen through it.',
  },
  locked: {
    title: 'Telestrator panel: new link needed',
    heading: 'This page needs a new link',
    lead: 'A link to this page opens once, and within a minute. The command “agentd status” makes a new one.',
  },

  sight: {
    heading: 'What {name} sees',
    headings: 'What your helpers see',
    closed: 'Look at the picture that is sent. What is hidden from them is grey in it.',
    live: 'This is what was sent, a moment ago. Grey areas are hidden.',
    last: 'This is the last picture. Nothing new is shown.',
    none: 'Nothing new is shown, so there is no picture now.',
    wait: 'The picture is on its way…',
    picture: 'Picture of your screen as it is sent.',
    one: '1 area in it is hidden.',
    many: '{count} areas in it are hidden.',
    paused: 'Paused',
    gone: 'Screen away',
    private: { field: 'hidden field', window: 'hidden window', unsure: 'cannot be checked' },
  },
  windows: {
    heading: 'Windows on your screen',
    list: 'What a helper who may see your screen gets of each',
    count: { one: '1 window', many: '{count} windows' },
    hidden: '{count} hidden',
    ask: { one: '1 waits for your word', many: '{count} wait for your word' },
    untitled: 'A window without a title',
    all: () => 'all of it',
    some: (/** @type {number} */ count) => (count === 1 ? 'all but 1 hidden field' : `all but \u2068${count}\u2069 hidden fields`),
    none: () => 'nothing: it is hidden',
    fresh: 'nothing new yet: it is being checked',
    asks: 'nothing until you show it: it cannot be checked',
  },

  people: {
    since: 'Since {clock}',
    fresh: 'for less than a minute',
    minute: 'for 1 minute',
    minutes: 'for {count} minutes',
    hours: 'for {hours} h {minutes} min',
  },
  scopes: {
    view: 'see your screen',
    ink: 'draw on your screen',
    pointer: 'use your mouse',
    keyboard: 'use your keyboard',
  },
  hands: 'use your mouse and keyboard',
  short: { view: 'see', ink: 'draw', pointer: 'use the mouse', keyboard: 'use the keyboard' },
  may: 'can {list}',
  and: '{all} and {next}',
  recording: {
    on: 'What they see and do is recorded in a file on this device, without what they type.',
    full: 'The recording has ended: it may not get larger.',
    failed: 'The recording has ended: its file could not be written.',
  },
  deeds: {
    strokes: { one: 'drew 1 stroke', many: 'drew {count} strokes' },
    pointer: 'moved the mouse',
    button: { one: '1 click', many: '{count} clicks' },
    wheel: 'scrolled',
    key: { one: '1 key', many: '{count} keys' },
    text: { one: '1 text', many: '{count} texts' },
    refused: { one: '1 not carried out', many: '{count} not carried out' },
  },
  dot: ' · ',
  can: 'yes',
  cannot: 'no',
  on: 'on',
  off: 'off',
  seconds: '{count} s',

  buttons: {
    ring: 'Ring for help',
    again: 'New code',
    cancel: 'Cancel',
    allow: 'Allow',
    allowView: 'Allow viewing',
    refuse: 'Refuse',
    pause: 'Pause',
    resume: 'Continue',
    stop: 'End help',
    revoke: 'Take back',
    look: 'Look',
    close: 'Close',
    show: 'Show it',
    field: 'Let them type into it',
  },

  notices: {
    privacy: 'Password fields are not hidden.',
    privacyAdvice: 'Please do not show or type passwords while somebody is watching.',
    desk: 'There is no connection to the help desk. It is being tried again.',
    gone: 'The screen cannot be read right now, so nothing new is shown.',
    failed: 'That did not work. Please try again.',
  },
};

/**
 * Puts values into a sentence. Each is isolated, so that a name in another
 * direction of writing cannot turn the words around it.
 * @param {string} sentence
 * @param {Record<string, string|number>} values
 * @returns {string}
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, key) => `\u2068${values[key]}\u2069`);
}
