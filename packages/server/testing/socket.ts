import type { WireError } from '@confab/protocol';
import { connectPath } from '@confab/transports/websocket';

type Frame = Record<string, unknown>;

/** A connection that speaks the protocol's text, for tests. */
export class TestSocket {
  readonly frames: Frame[] = [];
  closed: { code: number; reason: string } | undefined;
  readonly #socket: WebSocket;
  #nextId = 0;
  #waiting: (() => void)[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', (event) => {
      for (const line of String(event.data).split('\n')) this.frames.push(JSON.parse(line) as Frame);
      this.#wake();
    });
    socket.addEventListener('close', (event) => {
      this.closed = { code: event.code, reason: event.reason };
      this.#wake();
    });
  }

  static async open(url: string): Promise<TestSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${connectPath}`);
    const opened = new TestSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error('The connection was not taken.')));
    });
    return opened;
  }

  /** Opens and says hello. */
  static async signedIn(url: string, token: string): Promise<TestSocket> {
    const socket = await TestSocket.open(url);
    const reply = await socket.ask('connection.hello', { versions: [1], token });
    if ('error' in reply) throw new Error(reply.error.code);
    return socket;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  async ask(command: string, params: unknown): Promise<{ result: unknown } | { error: WireError }> {
    const id = this.#nextId++;
    this.send(JSON.stringify({ id, command, params }));
    const frame = await this.until(() => this.frames.find((each) => each.reply === id));
    return frame as unknown as { result: unknown } | { error: WireError };
  }

  /** Waits until `look` finds something; rejects when the connection ended before. */
  async until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (this.closed) throw new Error(`The connection ended: ${this.closed.code} ${this.closed.reason}`);
      await this.#somethingHappened();
    }
  }

  async ended(): Promise<{ code: number; reason: string }> {
    while (!this.closed) {
      await this.#somethingHappened();
    }
    return this.closed;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  #somethingHappened(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    this.#socket.close();
  }
}
