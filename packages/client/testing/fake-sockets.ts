import type { CommandFrame } from '@confab/protocol';
import type { DoorName } from '../connection/door-ladder.ts';
import type { ClientSocket, OpenSocket, SocketHandlers } from '../ports.ts';

/** One fake socket, seen from the server's side. */
export class FakeSocket implements ClientSocket {
  readonly url: string;
  readonly door: DoorName;
  readonly sent: CommandFrame[] = [];
  readonly #handlers: SocketHandlers;
  /** Called with each command that arrives. */
  onCommand: (frame: CommandFrame) => void = () => {};
  /** Called once when the socket is over, whichever side ended it. */
  onClose: () => void = () => {};
  closed = false;

  constructor(url: string, handlers: SocketHandlers, door: DoorName) {
    this.url = url;
    this.door = door;
    this.#handlers = handlers;
  }

  send(text: string): void {
    if (this.closed) return;
    for (const line of text.split('\n')) {
      const frame = JSON.parse(line) as CommandFrame;
      this.sent.push(frame);
      this.onCommand(frame);
    }
  }

  close(): void {
    this.end(1000);
  }

  open(): void {
    if (!this.closed) this.#handlers.opened();
  }

  /** The server sends frames, as one message. */
  push(...frames: unknown[]): void {
    if (!this.closed) this.#handlers.received(frames.map((frame) => JSON.stringify(frame)).join('\n'));
  }

  raw(text: string): void {
    if (!this.closed) this.#handlers.received(text);
  }

  /** The connection ends with this code; 1006 is what a client sees of a cut. */
  end(code: number): void {
    if (this.closed) return;
    this.closed = true;
    this.onClose();
    queueMicrotask(() => this.#handlers.closed(code));
  }

  /** The last command of that name that was sent. */
  last(command: string): CommandFrame | undefined {
    return this.sent.findLast((frame) => frame.command === command);
  }
}

/** Hands out fake sockets and keeps them in the order of their opening. */
export class FakeSockets {
  readonly all: FakeSocket[] = [];
  /** What becomes of a new socket; by default it opens. */
  onOpen: (socket: FakeSocket) => void = (socket) => socket.open();

  readonly openSocket: OpenSocket = (url, handlers, door) => {
    const socket = new FakeSocket(url, handlers, door);
    this.all.push(socket);
    queueMicrotask(() => this.onOpen(socket));
    return socket;
  };

  get last(): FakeSocket {
    const socket = this.all.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  }
}
