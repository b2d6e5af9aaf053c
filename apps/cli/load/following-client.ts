import type { ClientId, EventFrame, LoggedEvent, LogId, ReconnectWindow, RoomId } from '@confab/protocol';
import type { Recorder } from '../history/recorder.ts';
import { isLogged, LoadConnection, Refused } from './load-connection.ts';
import type { SurvivingClient } from './surviving-client.ts';

interface Queued {
  clientId: ClientId;
  text: string;
  /** On its way over the present connection. */
  underWay: boolean;
}

/** Sooner than a person's device would: what is looked for are losses, and they need many returns. */
const soon: ReconnectWindow = { minMs: 20, maxMs: 80 };

export interface FollowingOptions {
  url: string;
  token: string;
  /** Names the client in the history; unique in a run. */
  name: string;
  room: RoomId;
  recorder: Recorder;
}

/**
 * A client that survives: it follows one room and posts to it, comes back whenever the connection ends, resumes after
 * its last seq and repeats what was not answered, with the same client ids. Everything it does goes to the recorder.
 */
export class FollowingClient implements SurvivingClient {
  readonly #options: FollowingOptions;
  readonly #log: LogId;
  readonly #queue: Queued[] = [];
  #connection: LoadConnection | undefined;
  #epoch = 0;
  #last = -1;
  #ahead: LoggedEvent[] = [];
  #reading = false;
  #stopped = false;
  #away: PromiseWithResolvers<void> | undefined;
  #ended: Promise<void> = Promise.resolve();
  #sent = 0;
  /** When to come back, where the server said so ([H6]). */
  #window = soon;
  /** How often the connection came about, and how often an event was missing before another and had to be read. */
  connections = 0;
  repairs = 0;
  /** Attempts to connect that came to nothing. */
  failures = 0;

  constructor(options: FollowingOptions) {
    this.#options = options;
    this.#log = `room:${options.room}`;
  }

  get name(): string {
    return this.#options.name;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get last(): number {
    return this.#last;
  }

  /** Resolves once the client listens for the first time; goes on coming back until `stop`. */
  start(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    void this.#keepComingBack(resolve);
    return promise;
  }

  stop(): void {
    this.#stopped = true;
    this.#connection?.destroy();
  }

  /** Cuts the connection and stays away until `comeBack`. */
  async leave(): Promise<void> {
    this.#away = Promise.withResolvers<void>();
    const ended = this.#ended;
    this.#connection?.destroy();
    await ended;
  }

  comeBack(): void {
    this.#away?.resolve();
  }

  post(text: string): void {
    const clientId = `${this.#options.name}-${++this.#sent}` as ClientId;
    this.#queue.push({ clientId, text, underWay: false });
    this.#flush();
  }

  async #keepComingBack(listening: () => void): Promise<void> {
    while (!this.#stopped) {
      await this.#away?.promise;
      const over = Promise.withResolvers<void>();
      this.#ended = over.promise;
      try {
        const handlers = { event: (frame: EventFrame) => this.#hear(frame), ended: () => over.resolve() };
        this.#connection = await LoadConnection.open(this.#options.url, this.#options.token, handlers);
        this.connections += 1;
        await this.#listen(this.#connection);
        listening();
        for (const queued of this.#queue) queued.underWay = false;
        this.#flush();
        await over.promise;
      } catch {
        this.failures += 1;
        this.#connection?.destroy();
      }
      this.#connection = undefined;
      const { minMs, maxMs } = this.#window;
      this.#window = soon;
      await pause(minMs + Math.random() * (maxMs - minMs));
    }
  }

  async #listen(connection: LoadConnection): Promise<void> {
    const from = this.#last < 0 ? {} : { epoch: this.#epoch, after: this.#last };
    const { logs } = await connection.call('log.listen', { logs: [{ log: this.#log, level: 'live', ...from }] });
    const answer = logs[0];
    if (answer === undefined || answer.status === 'failed') {
      throw new Error(`Listening failed: ${answer ? answer.reason : 'no answer'}.`);
    }
    if (this.#last < 0) {
      this.#epoch = answer.epoch;
      this.#last = answer.seq;
      this.#options.recorder.joined(this.#options.name, this.#log, answer.epoch, answer.seq);
    }
    if (answer.status === 'listening') for (const event of answer.events) this.#apply(event as LoggedEvent);
    if (answer.status === 'behind') await this.#read(connection);
  }

  #hear(frame: EventFrame): void {
    if (frame.event === 'connection.closing') this.#window = frame.data.reconnect ?? soon;
    if (!isLogged(frame) || frame.log !== this.#log || this.#last < 0) return;
    if (!this.#apply(frame)) this.#ahead.push(frame);
    const connection = this.#connection;
    if (this.#ahead.length === 0 || this.#reading || !connection) return;
    this.repairs += 1;
    this.#read(connection).catch(() => connection.destroy());
  }

  /** [L7]: only the next one counts; lower ones are dropped. False when one before it is missing. */
  #apply(event: LoggedEvent): boolean {
    if (event.seq <= this.#last) return true;
    if (event.seq > this.#last + 1) return false;
    this.#last = event.seq;
    this.#options.recorder.seen(this.#options.name, event);
    return true;
  }

  async #read(connection: LoadConnection): Promise<void> {
    this.#reading = true;
    try {
      for (;;) {
        const page = await connection.call('log.read', { log: this.#log, after: this.#last });
        for (const event of page.events) this.#apply(event as LoggedEvent);
        const ahead = this.#ahead.sort((a, b) => a.seq - b.seq);
        this.#ahead = ahead.filter((event) => !this.#apply(event));
        if (this.#ahead.length === 0 && this.#last >= page.seq) return;
      }
    } finally {
      this.#reading = false;
    }
  }

  #flush(): void {
    const connection = this.#connection;
    if (!connection || this.#last < 0) return;
    for (const queued of this.#queue) {
      if (queued.underWay) continue;
      queued.underWay = true;
      void this.#send(connection, queued);
    }
  }

  async #send(connection: LoadConnection, queued: Queued): Promise<void> {
    const { name, room, recorder } = this.#options;
    const { clientId, text } = queued;
    recorder.sent(name, this.#log, clientId);
    try {
      const { seq } = await connection.call('message.post', { room, clientId, text });
      recorder.acknowledged(name, this.#log, clientId, seq);
    } catch (error) {
      if (!(error instanceof Refused)) return;
      if (error.error.retry === 'later') {
        await pause(error.error.retryAfterMs ?? 100);
        // A connection that came about meanwhile has sent it again already.
        if (this.#connection === connection) queued.underWay = false;
        this.#flush();
        return;
      }
      recorder.refused(name, this.#log, clientId);
    }
    const index = this.#queue.indexOf(queued);
    if (index >= 0) this.#queue.splice(index, 1);
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
