import type { ClientSocket, SocketHandlers } from '../ports.ts';
import type { DoorName } from './door-ladder.ts';

export type HttpDoorName = Exclude<DoorName, 'websocket'>;

/** What this needs of where it runs. */
export interface HttpSocketPorts {
  readonly fetch: typeof globalThis.fetch;
  /** Calls `task` once after `delayMs`. */
  readonly after: (delayMs: number, task: () => void) => () => void;
}

const accepts: Readonly<Record<HttpDoorName, string>> = {
  'http-stream': 'application/x-ndjson',
  sse: 'text/event-stream',
  'long-poll': 'application/json',
  poll: 'application/json',
};
/** Seconds that a long poll waits at the server. */
const waitSeconds = 25;
/** Characters of commands that go in one request. */
const requestChars = 64 * 1024;

interface Polled {
  readonly connection?: string;
  readonly next: number;
  readonly frames: readonly unknown[];
  readonly pollAfterMs: number;
}

/** A connection of the protocol over plain HTTP ([D2]): what a WebSocket gives, where none gets through. */
export class HttpSocket implements ClientSocket {
  readonly #url: string;
  readonly #door: HttpDoorName;
  readonly #ports: HttpSocketPorts;
  readonly #handlers: SocketHandlers;
  readonly #stop = new AbortController();
  #connection: string | null = null;
  #opening = false;
  #sending = false;
  #waiting: string[] = [];
  #over = false;
  /** Ends the pause between two polls. */
  #hurry: () => void = () => {};

  /** @param url of the server's connections, `http…/api/v1/connections`. */
  constructor(url: string, door: HttpDoorName, ports: HttpSocketPorts, handlers: SocketHandlers) {
    this.#url = url;
    this.#door = door;
    this.#ports = ports;
    this.#handlers = handlers;
  }

  send(text: string): void {
    this.#waiting.push(text);
    if (this.#connection !== null) void this.#flush();
    else if (!this.#opening) void this.#open();
  }

  close(): void {
    if (this.#over) return;
    const connection = this.#connection;
    this.#end(1000);
    if (connection === null) return;
    // Nobody waits for it: the server notices without it too, only later.
    this.#ports.fetch(`${this.#url}/${connection}`, { method: 'DELETE', keepalive: true }).catch(() => {});
  }

  #end(code: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#stop.abort();
    this.#hurry();
    this.#handlers.closed(code);
  }

  async #open(): Promise<void> {
    this.#opening = true;
    try {
      const response = await this.#request(this.#url, this.#take());
      if (!response.ok) return this.#end(1006);
      if (this.#door === 'long-poll' || this.#door === 'poll') await this.#poll((await response.json()) as Polled);
      else await this.#read(response);
    } catch {
      // Cut off, or something between us and the server that is not Confab.
    }
    this.#end(1006);
  }

  #request(url: string, body: string): Promise<Response> {
    return this.#ports.fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'content-type': 'application/x-ndjson', accept: accepts[this.#door] },
      signal: this.#stop.signal,
      body,
    });
  }

  /** As many of the waiting commands as go in one request, in their order. */
  #take(): string {
    let count = 0;
    let chars = 0;
    while (count < this.#waiting.length && (count === 0 || chars < requestChars)) {
      chars += this.#waiting[count]?.length ?? 0;
      count += 1;
    }
    return this.#waiting.splice(0, count).join('\n');
  }

  /** One request at a time, so that commands arrive in their order ([C2]). */
  async #flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#waiting.length > 0 && !this.#over) {
        const response = await this.#request(`${this.#url}/${this.#connection}/frames`, this.#take());
        if (!response.ok) return this.#end(1006);
        // Whoever asked something is answered at the next poll: that is now.
        this.#hurry();
      }
    } catch {
      this.#end(1006);
    } finally {
      this.#sending = false;
    }
  }

  #opened(connection: string): void {
    this.#connection = connection;
    if (this.#waiting.length > 0) void this.#flush();
  }

  async #read(response: Response): Promise<void> {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    while (reader !== undefined && !this.#over) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = `${rest}${value}`.split('\n');
      rest = lines.pop() ?? '';
      const frames = lines.flatMap((line) => frameOf(line));
      if (frames.length > 0) this.#received(frames);
    }
  }

  #received(frames: string[]): void {
    if (this.#over) return;
    const [first = ''] = frames;
    if (this.#connection === null && first.startsWith('{"event":"connection.opened"')) {
      this.#opened((JSON.parse(first) as { data: { connection: string } }).data.connection);
      frames.shift();
    }
    if (frames.length > 0) this.#handlers.received(frames.join('\n'));
  }

  async #poll(answer: Polled): Promise<void> {
    const waits = this.#door === 'long-poll';
    let polled = answer;
    if (polled.connection !== undefined) this.#opened(polled.connection);
    while (!this.#over) {
      if (polled.frames.length > 0) this.#received(polled.frames.map((frame) => JSON.stringify(frame)));
      // Who has just asked something is about to be answered: that is worth a moment even to one who does not wait.
      const asked = !waits && (await this.#pause(polled.pollAfterMs)) === 'hurried';
      if (this.#over) return;
      const wait = waits ? waitSeconds : Number(asked);
      const address = `${this.#url}/${this.#connection}?after=${polled.next}&wait=${wait}`;
      const { signal } = this.#stop;
      const response = await this.#ports.fetch(address, { credentials: 'same-origin', cache: 'no-store', signal });
      if (!response.ok) return;
      polled = (await response.json()) as Polled;
    }
  }

  #pause(ms: number): Promise<'over' | 'hurried'> {
    return new Promise((resolve) => {
      const cancel = this.#ports.after(ms, () => resolve('over'));
      this.#hurry = () => {
        cancel();
        resolve('hurried');
      };
    });
  }
}

/** The frame on a line of either kind of stream; none on a heartbeat's. */
function frameOf(line: string): string[] {
  if (line.startsWith('data:')) return [line.slice(5).trimStart()];
  return line.startsWith('{') ? [line] : [];
}
