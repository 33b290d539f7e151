/**
 * Limits of SPEC.md 11, under the names of package protocol in Go. The exact
 * value passes, one more does not.
 */

export const MAX_TO_DEVICE = 8 << 10; // bytes of a message to the device
export const MAX_TO_CONSOLE = (64 << 10) - 1; // bytes of a message to the console
export const MAX_PART = (16 << 10) - 32; // bytes in one part
export const MAX_PARTS = 256; // parts of one message
export const MAX_UPDATE = 256 << 10; // bytes of an update
export const MAX_JOINED = 257 << 10; // bytes of a message joined from parts
export const MAX_NESTING = 4; // arrays and maps inside one another
export const MAX_ARRAY = 1024; // elements of an array
export const MAX_MAP = 32; // pairs of a map
export const MAX_TEXT = 2000; // bytes of any text
export const MAX_INTEGER = Number.MAX_SAFE_INTEGER; // 2^53-1
export const MAX_NUMBER = 2 ** 31 - 1; // the last running number of a session
export const MAX_SIDE = 16384; // pixels
export const MAX_AREA = 32 << 20; // pixels
export const MAX_MONITORS = 16;
export const MAX_RECTS = 4096; // rectangles in the tiles of one update
export const MAX_INFLATED = 1 << 20; // bytes that the tiles of one update inflate to
export const MAX_COPIES = 170; // copies in one update
export const MAX_JPEGS = 256; // JPEG rectangles in one update
export const MAX_CURSOR = 256; // pixels a side
export const MAX_MASKS = 64; // areas in one message of masks
export const MAX_NAME = 64; // bytes of a name
export const MAX_REASON = 200; // bytes of a reason or another sentence
export const MAX_TYPED = 256; // bytes of one text message
export const MAX_CODE = 32; // bytes of a key's code
export const MAX_HELD = 10; // keys held
export const MAX_BUTTON = 7; // highest button
export const MAX_WHEEL = 10; // steps
export const MAX_POINTS = 256; // points in one message
export const MAX_STROKE = 2000; // points of one stroke
export const MAX_STROKES = 64; // strokes of one console alive
export const MAX_ALIVE = 20000; // points of one console alive
export const MAX_WIDTH = 64; // pixels of a stroke
export const MAX_FADE = 30000; // milliseconds
export const MAX_CAPABILITIES = 32;
export const WELCOME_RATES = 7; // entries of a welcome's limits
export const MAX_DECODE = 2 ** 32 - 1; // microseconds in an ack

/** The grid that no tile rectangle crosses, in pixels. SPEC.md 7.4. */
export const CELL = 64;
