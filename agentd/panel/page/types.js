/**
 * What GET /api/state answers; docs/panel-api.md explains each key.
 *
 * @typedef {'view'|'ink'|'pointer'|'keyboard'} Scope
 *
 * @typedef {object} Session
 * @property {string} id
 * @property {string} name
 * @property {'asked'|'live'|'paused'} state
 * @property {string} reason
 * @property {Scope[]} requested
 * @property {Scope[]} granted
 * @property {string} [since]
 * @property {string} [asked_since]
 * @property {number} asked_seconds
 * @property {number} frames
 * @property {number} bytes
 * @property {{pointer: number, button: number, wheel: number, key: number, text: number}} injected
 * @property {number} refused
 * @property {number} strokes
 * @property {boolean} hand
 * @property {string} field  hidden one that the helper was refused at, may be empty
 * @property {''|'on'|'full'|'failed'} recording  of what is sent, on this device
 *
 * @typedef {object} Window
 * @property {number} id
 * @property {string} title
 * @property {string} program
 * @property {string} toolkit
 * @property {'unsure'|'new'|'vouched'|'guarded'|'refused'|'hidden'|'shown'} state
 * @property {string} why
 * @property {number} secrets
 *
 * @typedef {object} State
 * @property {number} number
 * @property {'idle'|'waiting'|'asked'|'live'|'paused'|'over'} state
 * @property {string} name
 * @property {string} display
 * @property {'ok'|'gone'} screen
 * @property {{url: string, connected: boolean}} desk
 * @property {string} code
 * @property {number} code_age_seconds
 * @property {number} code_expires_in_seconds
 * @property {string} console
 * @property {Session|null} session
 * @property {Session[]} sessions
 * @property {{unknown: string, mode: string, protects: boolean, sentence: string, windows: Window[]}} privacy
 * @property {{code: number, reason: string, name: string}|null} over
 * @property {{consent_delay_seconds: number, control_delay_seconds: number, answer_seconds: number}} policy
 */

/**
 * What the page shows, without a word about how.
 *
 * @typedef {'ring'|'again'|'cancel'|'allow'|'refuse'|'pause'|'resume'|'stop'|'look'|'show'|'field'} Act
 * @typedef {{act: Act, tone: 'main'|'plain'|'end', ready: boolean, text: string}} Button
 * @typedef {{text: string, session: string, field: string, ready: boolean}} Offer
 * @typedef {{label: string, band: string}} Sight
 * @typedef {{id: number, title: string, program: string, gets: 'all'|'some'|'none', text: string, why: string, asks: boolean, ready: boolean}} Line
 * @typedef {{scope: Scope, text: string, held: boolean, note: string}} Right
 * @typedef {{scope: Scope, text: string, on: boolean, ready: boolean, note: string}} Choice
 * @typedef {{title: string, advice: string, choices: Choice[]}} Group
 * @typedef {{text: string, left: string, share: number}} Code
 *
 * @typedef {object} Card
 * @property {'start'|'idle'|'waiting'|'asked'|'live'|'paused'|'over'|'lost'|'locked'|'sight'|'windows'} kind
 * @property {string} heading
 * @property {string[]} lead        sentences under the heading
 * @property {Code|null} code
 * @property {string} address       where the helper goes, may be empty
 * @property {string} reason        the helper's own words, may be empty
 * @property {{name: string, story: string}[]} people
 * @property {string} list          what the rights are about
 * @property {Right[]} rights       held ones can be taken back
 * @property {Group[]} groups       of switches
 * @property {string[]} warnings
 * @property {string} clock         what time is running, may be empty
 * @property {Button[]} buttons
 * @property {string} foot          under the buttons, may be empty
 * @property {Offer[]} offers       hidden fields that can be allowed
 * @property {Sight|null} sight     a picture of what is seen
 * @property {string} summary       of the windows
 * @property {boolean} open         they are listed at once
 * @property {Line[]} windows
 * @property {string} request       id of the session that the buttons answer, may be empty
 * @property {string} key           tells this card from others of its kind
 *
 * @typedef {object} View
 * @property {string} title
 * @property {string} device
 * @property {string} say           read aloud when it changes
 * @property {Card[]} cards         the most important first
 */

export {};
