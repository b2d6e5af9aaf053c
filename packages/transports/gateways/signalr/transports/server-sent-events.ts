import type { ServerResponse } from 'node:http';
import type { Timers } from '@confab/engine';
import { ResponseStream } from '../../../http/response-stream.ts';
import type { SignalRLimits } from '../limits.ts';
import type { Transport, TransportOwner } from './transport.ts';

const head = { contentType: 'text/event-stream', cacheControl: 'no-cache, no-store, no-transform' };
const eventStart = Buffer.from('data: ');
const eventEnd = Buffer.from('\r\n\r\n');

const eventOf = (bytes: Uint8Array): Buffer => Buffer.concat([eventStart, bytes, eventEnd]);

/** From the server one stream of events, from the client POST requests. Text only: JSON holds no line feed. */
export class ServerSentEventsTransport implements Transport {
  readonly name = 'ServerSentEvents';
  readonly keepsItselfAlive = false;
  private readonly stream: ResponseStream;

  constructor(response: ServerResponse, owner: TransportOwner, limits: SignalRLimits, timers: Timers) {
    const handlers = { drained: () => owner.drained(), alive: () => owner.heard() };
    this.stream = new ResponseStream(response, head, handlers, timers, limits.closeTimeoutMs);
    // A comment, so that proxies and clients have something in their hands.
    this.stream.write(Buffer.from(':\r\n'));
    response.once('close', () => owner.lost(this));
  }

  write(bytes: Uint8Array): void {
    this.stream.write(eventOf(bytes));
  }

  becomeBinary(): void {
    throw new Error('Server-Sent Events carry text only.');
  }

  pendingBytes(): number {
    return this.stream.pendingBytes();
  }

  probe(ping: Uint8Array): void {
    this.stream.probe(eventOf(ping));
  }

  end(): void {
    this.stream.end();
  }

  cut(): void {
    this.stream.cut();
  }

  look(): void {}
}
