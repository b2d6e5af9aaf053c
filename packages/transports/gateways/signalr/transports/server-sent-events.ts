import type { ServerResponse } from 'node:http';
import type { Timers } from '@confab/engine';
import type { CloseReason } from '@confab/protocol';
import type { SignalRLimits } from '../limits.ts';
import type { Transport, TransportOwner } from './transport.ts';

const eventStart = Buffer.from('data: ');
const eventEnd = Buffer.from('\r\n\r\n');

/** From the server one stream of events, from the client POST requests. Text only: JSON holds no line feed. */
export class ServerSentEventsTransport implements Transport {
  readonly name = 'ServerSentEvents';
  readonly keepsItselfAlive = false;
  private readonly response: ServerResponse;
  private readonly owner: TransportOwner;
  private readonly limits: SignalRLimits;
  private readonly timers: Timers;
  private over = false;

  constructor(response: ServerResponse, owner: TransportOwner, limits: SignalRLimits, timers: Timers) {
    this.response = response;
    this.owner = owner;
    this.limits = limits;
    this.timers = timers;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-store, no-transform',
      // nginx would hold events back until it has a buffer full of them.
      'x-accel-buffering': 'no',
    });
    // A comment, so that proxies and clients have something in their hands.
    response.write(':\r\n');
    response.on('drain', () => owner.drained());
    response.on('error', () => response.destroy());
    response.once('close', () => owner.lost(this));
  }

  write(bytes: Uint8Array): void {
    if (!this.isOver()) this.response.write(Buffer.concat([eventStart, bytes, eventEnd]));
  }

  becomeBinary(): void {
    throw new Error('Server-Sent Events carry text only.');
  }

  pendingBytes(): number {
    return this.response.writableLength;
  }

  /** A stream has no way back: it lives as long as the client's machine takes what it is sent. */
  probe(ping: Uint8Array): void {
    if (this.isOver()) return;
    this.response.write(Buffer.concat([eventStart, ping, eventEnd]), (error) => {
      if (!error) this.owner.heard();
    });
  }

  end(_reason: CloseReason): void {
    if (this.isOver()) return;
    this.over = true;
    this.response.end();
    const spare = this.timers.after(this.limits.closeTimeoutMs, () => this.response.destroy());
    this.response.once('close', spare);
  }

  cut(): void {
    this.over = true;
    this.response.destroy();
  }

  look(): void {}

  private isOver(): boolean {
    return this.over || this.response.destroyed;
  }
}
