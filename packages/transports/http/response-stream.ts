import type { ServerResponse } from 'node:http';
import type { Timers } from '@confab/engine';
import { requestLimits } from './limits.ts';
import { isSilent } from './tcp-table.ts';

export interface ResponseStreamHandlers {
  /** All that was written has left for the network. */
  drained(): void;
  /** The client's side took what `probe` was given. */
  alive(): void;
}

interface StreamHead {
  readonly contentType: string;
  /** As foreign clients know it; by default as strict as there is. */
  readonly cacheControl?: string;
}

/**
 * An answer that goes on until one side ends it, over HTTP/1.1 or HTTP/2. A stream has no way back: it counts as alive
 * as long as the client's machine acknowledges what it is sent. Linux tells that; elsewhere TCP gives up in its own time.
 */
export class ResponseStream {
  private readonly response: ServerResponse;
  private readonly handlers: ResponseStreamHandlers;
  private readonly timers: Timers;
  private readonly endingMs: number;
  private over = false;
  private cancelLook: (() => void) | null = null;

  /** `endingMs`: milliseconds that the client has to take the end before it is cut. */
  constructor(
    response: ServerResponse,
    { contentType, cacheControl = 'no-store, no-transform' }: StreamHead,
    handlers: ResponseStreamHandlers,
    timers: Timers,
    endingMs: number = requestLimits.endingMs,
  ) {
    this.response = response;
    this.handlers = handlers;
    this.timers = timers;
    this.endingMs = endingMs;
    response.writeHead(200, {
      'content-type': contentType,
      'cache-control': cacheControl,
      // nginx would hold the frames back until it has a buffer full of them.
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    response.on('drain', () => handlers.drained());
    response.on('error', () => response.destroy());
    // HTTP/2 has no other word for it.
    response.once('close', () => {
      this.over = true;
      this.cancelLook?.();
    });
  }

  /** Answers whether there is room for more; if not, `drained` is called when there is. */
  write(bytes: Uint8Array): boolean {
    return this.over || this.response.write(bytes);
  }

  /** Writes, and says so when it was taken. */
  probe(bytes: Uint8Array): void {
    if (this.over) return;
    this.response.write(bytes, (error) => {
      if (!error) this.handlers.alive();
    });
    this.lookLater();
  }

  pendingBytes(): number {
    return this.response.writableLength;
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    this.response.end();
    const spare = this.timers.after(this.endingMs, () => this.response.destroy());
    this.response.once('close', spare);
  }

  cut(): void {
    this.over = true;
    this.response.destroy();
  }

  /** The kernel takes bytes for a client that is gone: whether it got them shows some time after. */
  private lookLater(): void {
    this.cancelLook ??= this.timers.after(requestLimits.acknowledgedMs, () => void this.look());
  }

  private async look(): Promise<void> {
    this.cancelLook = null;
    const { socket } = this.response;
    if (socket !== null && (await isSilent(socket)) && !this.over) this.cut();
  }
}
