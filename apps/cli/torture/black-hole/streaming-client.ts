import { type ClientRequest, get } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import type { LoggedEvent } from '@confab/protocol';
import type { FollowingOptions } from '../../load/following-client.ts';

/** The server gives a sign of life at least every 20 s: after so long without one it is gone. */
const silenceMs = 45_000;

/** A plain HTTP client that hears a room as a stream, comes back with its cursor, and does not trust a silent line. */
export class StreamingClient {
  readonly waiting = 0;
  last = -1;
  connections = 0;
  isOnline = false;
  readonly #options: FollowingOptions;
  #cursor = '';
  #request: ClientRequest | undefined;
  #stopped = false;
  #listening = Promise.withResolvers<void>();

  constructor(options: FollowingOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  start(): Promise<void> {
    this.#connect();
    return this.#listening.promise;
  }

  stop(): void {
    this.#stopped = true;
    this.#request?.destroy();
  }

  #connect(): void {
    const { url, token, room } = this.#options;
    const headers = { authorization: `Bearer ${token}`, accept: 'application/x-ndjson' };
    const address = `${url}/api/v1/events?room=${room}&after=${this.#cursor}`;
    const sent = get(address, { headers, agent: false, timeout: silenceMs }, (response) => {
      const decoder = new StringDecoder('utf8');
      let rest = '';
      response.on('data', (chunk: Buffer) => {
        const lines = `${rest}${decoder.write(chunk)}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line !== '') this.#take(JSON.parse(line));
      });
      // Its end is the request's `close` as well.
      response.on('error', () => {});
    });
    this.#request = sent;
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => {});
    sent.on('close', () => {
      this.isOnline = false;
      if (!this.#stopped) setTimeout(() => this.#connect(), 250 + Math.random() * 1_500);
    });
  }

  #take(frame: LoggedEvent | { readonly cursor: string }): void {
    if ('cursor' in frame) this.#begin(frame.cursor);
    if (!('seq' in frame) || frame.log !== `room:${this.#options.room}` || frame.seq <= this.last) return;
    this.last = frame.seq;
    // For one room an event is its own cursor ([D3]).
    this.#cursor = `${frame.epoch}-${frame.seq}`;
    this.#options.recorder.seen(this.name, frame);
  }

  /** A stream's first line says where it begins. */
  #begin(cursor: string): void {
    this.#cursor = cursor;
    if (!this.isOnline) this.connections += 1;
    this.isOnline = true;
    if (this.last >= 0) return;
    const [epoch = 0, seq = 0] = cursor.split('-').map(Number);
    this.last = seq;
    this.#options.recorder.joined(this.name, `room:${this.#options.room}`, epoch, seq);
    this.#listening.resolve();
  }
}
