import type { ServerFrame } from '@confab/protocol';
import { doorOf, openSocket, type RawSocket, UpgradeRefused } from '../load/raw-socket.ts';
import type { SwarmCounts } from './swarm-counts.ts';
import type { Room } from './swarm-messages.ts';

const seqName = Buffer.from('"seq":');
const lineFeed = 0x0a;
const ids = { hello: 1, listen: 2, read: 3 };

/**
 * One listener of a swarm. Looks at no more of an event than its seq, so that thousands of them cost little; comes
 * back and resumes when its connection ends, and pages when it is behind.
 */
export class ConfabMember {
  readonly index: number;
  readonly #url: string;
  readonly #token: string;
  readonly #room: Room | null;
  readonly #counts: SwarmCounts;
  #socket: RawSocket | undefined;
  /** The seq last seen, and the highest that came while pages were read. */
  last: number;
  #highest = 0;
  #reading = false;
  #cut = false;
  listening = false;
  paused = false;
  #opened: (() => void) | undefined;

  constructor(index: number, url: string, token: string, room: Room | null, counts: SwarmCounts) {
    this.index = index;
    this.#url = url;
    this.#token = token;
    this.#room = room;
    this.#counts = counts;
    this.last = room?.after ?? 0;
  }

  /** Resolves when it is connected, signed in and, with a room, has all that it had missed. */
  open(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#opened = resolve;
    void this.#connect();
    return promise;
  }

  pause(): void {
    this.paused = true;
    this.#socket?.pause();
  }

  resume(): void {
    this.paused = false;
    this.#socket?.resume();
  }

  cut(): void {
    this.#cut = true;
    this.#socket?.destroy();
  }

  async #connect(): Promise<void> {
    if (this.#cut) return;
    try {
      this.#socket = await openSocket(doorOf(this.#url), this);
      this.#command(ids.hello, 'connection.hello', { versions: [1], client: 'swarm/1', token: this.#token });
    } catch (error) {
      this.#counts.end(error instanceof UpgradeRefused ? `HTTP ${error.status}` : 'refused');
      this.#comeBack();
    }
  }

  ended(code: number): void {
    this.listening = false;
    this.#reading = false;
    if (this.#cut) return;
    this.#counts.end(String(code));
    this.#comeBack();
  }

  #comeBack(): void {
    setTimeout(() => void this.#connect(), 250 + Math.random() * 1_500);
  }

  text(payload: Buffer): void {
    let from = 0;
    while (from < payload.length) {
      const feed = payload.indexOf(lineFeed, from);
      const to = feed < 0 ? payload.length : feed;
      this.#frame(from === 0 && to === payload.length ? payload : payload.subarray(from, to));
      from = to + 1;
    }
  }

  #frame(frame: Buffer): void {
    // `{"e…` is an event, `{"r…` a reply.
    if (frame[2] === 0x72) this.#reply(JSON.parse(frame.toString()) as ServerFrame);
    else this.#event(frame);
  }

  #event(frame: Buffer): void {
    const at = frame.indexOf(seqName);
    if (at < 0 || !this.#room || (this.#room.also && frame.indexOf(this.#room.log) < 0)) return;
    let seq = 0;
    for (let index = at + seqName.length; ; index += 1) {
      const digit = (frame[index] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      seq = seq * 10 + digit;
    }
    if (this.#reading && seq > this.last + 1) this.#highest = Math.max(this.#highest, seq);
    else this.#apply(seq, frame);
  }

  #apply(seq: number, frame?: Buffer): void {
    this.#counts.deliveries += 1;
    if (seq <= this.last) this.#counts.doubles += 1;
    else if (seq > this.last + 1) this.#counts.gaps += 1;
    this.last = Math.max(this.last, seq);
    if (frame) this.#counts.sample(this.index, frame);
  }

  #reply(frame: ServerFrame): void {
    if (!('reply' in frame)) return;
    if ('error' in frame) {
      this.#counts.error(`${frame.error.code}: ${frame.error.message}`);
      this.#socket?.destroy();
    } else if (frame.reply === ids.hello) this.#listen();
    else if (frame.reply === ids.listen) this.#listened((frame.result as { logs: ListenPart[] }).logs[0]);
    else this.#page(frame.result as Page);
  }

  #listen(): void {
    if (!this.#room) {
      this.#ready();
      return;
    }
    const { log, level, epoch, also } = this.#room;
    const second = also === undefined ? [] : [{ log: also, level }];
    this.#command(ids.listen, 'log.listen', { logs: [{ log, level, epoch, after: this.last }, ...second] });
  }

  #listened(part: ListenPart | undefined): void {
    if (part?.status === 'behind') {
      this.#read(part.seq);
      return;
    }
    if (part?.status !== 'listening') {
      this.#counts.error(`listening ${part?.status ?? 'unanswered'}: ${part?.reason ?? ''}`);
      return;
    }
    for (const { seq } of part.events ?? []) this.#apply(seq);
    if (this.last < (part.seq ?? 0)) this.#counts.gaps += 1;
    this.#ready();
  }

  #read(upTo = 0): void {
    this.#reading = true;
    this.#highest = Math.max(this.#highest, upTo);
    this.#command(ids.read, 'log.read', { log: this.#room?.log, after: this.last });
  }

  #page({ seq, events }: Page): void {
    for (const event of events) this.#apply(event.seq);
    if (this.last < Math.max(seq, this.#highest)) this.#read();
    else {
      this.#reading = false;
      this.#ready();
    }
  }

  #ready(): void {
    this.listening = true;
    this.#opened?.();
    this.#opened = undefined;
  }

  #command(id: number, command: string, params: unknown): void {
    this.#socket?.send(JSON.stringify({ id, command, params }));
  }
}

interface ListenPart {
  status: string;
  reason?: string;
  seq?: number;
  events?: { seq: number }[];
}

interface Page {
  seq: number;
  events: { seq: number }[];
}
