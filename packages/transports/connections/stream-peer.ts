import type { ServerResponse } from 'node:http';
import type { Framing, Timers } from '@confab/engine';
import { ResponseStream } from '../http/response-stream.ts';
import { streamKinds } from '../http/stream-kinds.ts';
import { ConnectionPeer } from './connection-peer.ts';

/** A connection whose frames come in the body of one answer that goes on. */
export class StreamPeer extends ConnectionPeer {
  readonly framing: Framing;
  private readonly heartbeat: Uint8Array;
  private readonly stream: ResponseStream;

  /** `opened` is the first frame. */
  constructor(response: ServerResponse, manner: 'sse' | 'lines', address: string, opened: string, timers: Timers) {
    super(address);
    const kind = streamKinds[manner];
    this.framing = kind.framing;
    this.heartbeat = kind.heartbeat;
    const handlers = { drained: () => this.session?.drained(), alive: () => this.session?.alive() };
    this.stream = new ResponseStream(response, kind, handlers, timers);
    this.stream.write(kind.framing.frame(opened));
  }

  write(bytes: Uint8Array): void {
    this.stream.write(bytes);
    this.wrote();
  }

  pendingBytes(): number {
    return this.stream.pendingBytes();
  }

  probe(): void {
    this.stream.probe(this.heartbeat);
  }

  close(): void {
    this.stream.end();
  }
}
