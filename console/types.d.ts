// What the type checker's own library does not know yet, and nothing else.

/** One decoded CBOR item; stated here because a JSDoc type may not name itself. */
type CBORValue = number | boolean | string | Uint8Array | CBORValue[] | ValueMap;
interface ValueMap extends Map<number, CBORValue> {}

declare class OffscreenCanvas {
  constructor(width: number, height: number);
  width: number;
  height: number;
  getContext(kind: '2d', options?: CanvasRenderingContext2DSettings): CanvasRenderingContext2D | null;
}

interface DecodedImage {
  readonly codedWidth: number;
  readonly codedHeight: number;
  copyTo(target: ArrayBufferView, options: { format: 'RGBA', colorSpace: 'srgb', layout: { offset: number, stride: number }[] }): Promise<unknown>;
  close(): void;
}

declare class ImageDecoder {
  constructor(init: { data: Uint8Array, type: string, colorSpaceConversion: 'none' });
  decode(): Promise<{ image: DecodedImage }>;
  close(): void;
}

/** The global scope of worker.js. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
}

// The tests use Node's own modules, whose types Debian does not pack alone.
declare module 'node:*';
