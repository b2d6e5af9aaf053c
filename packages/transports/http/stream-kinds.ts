import type { Framing } from '@confab/engine';

/** A way to send frames one after the other in the body of one answer. */
export interface StreamKind {
  readonly contentType: string;
  readonly framing: Framing;
  /** What is sent so that proxies and the client know that the stream lives. */
  readonly heartbeat: Uint8Array;
}

/** JSON text holds no line feed, so a frame is one `data` line. Without an event name `onmessage` gets everything. */
const sse: StreamKind = {
  contentType: 'text/event-stream; charset=utf-8',
  framing: { name: 'sse', frame: (text) => Buffer.from(`data: ${text}\n\n`) },
  heartbeat: Buffer.from(':\n\n'),
};

const lines: StreamKind = {
  contentType: 'application/x-ndjson; charset=utf-8',
  framing: { name: 'lines', frame: (text) => Buffer.from(`${text}\n`) },
  heartbeat: Buffer.from('\n'),
};

export const streamKinds = { sse, lines } as const;
