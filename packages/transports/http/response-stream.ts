import type { ServerResponse } from 'node:http';
import type { Timers } from '@confab/engine';
import { requestLimits } from './limits.ts';
import type { StreamKind } from './stream-kinds.ts';

export interface ResponseStreamHandlers {
  /** All that was written has left for the network. */
  drained(): void;
  /** The client's side took a heartbeat. */
  alive(): void;
}

/**
 * An answer that goes on until one side ends it, over HTTP/1.1 or HTTP/2. A stream has no way back: it counts as alive
 * as long as the client's machine takes what it is sent, so one that is gone without a word is noticed by TCP.
 */
export class ResponseStream {
  private readonly response: ServerResponse;
  private readonly kind: StreamKind;
  private readonly handlers: ResponseStreamHandlers;
  private readonly timers: Timers;
  private over = false;

  constructor(response: ServerResponse, kind: StreamKind, handlers: ResponseStreamHandlers, timers: Timers) {
    this.response = response;
    this.kind = kind;
    this.handlers = handlers;
    this.timers = timers;
    response.writeHead(200, {
      'content-type': `${kind.mediaType}; charset=utf-8`,
      'cache-control': 'no-store, no-transform',
      // nginx would hold the frames back until it has a buffer full of them.
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    response.on('drain', () => handlers.drained());
    // HTTP/2 has no other word for it.
    response.once('close', () => {
      this.over = true;
    });
  }

  /** Answers whether there is room for more; if not, `drained` is called when there is. */
  write(bytes: Uint8Array): boolean {
    return this.over || this.response.write(bytes);
  }

  pendingBytes(): number {
    return this.response.writableLength;
  }

  probe(): void {
    if (this.over) return;
    this.response.write(this.kind.heartbeat, (error) => {
      if (!error) this.handlers.alive();
    });
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    this.response.end();
    const spare = this.timers.after(requestLimits.endingMs, () => this.response.destroy());
    this.response.once('close', spare);
  }
}
