import { WebSocket } from 'ws';
import type { DoorClient, DoorKind, DoorTarget, SeenMessage } from './door-client.ts';

/** A bare WebSocket client (npm `ws`) that speaks our protocol. */
export const webSocketDoor: DoorKind = {
  name: 'WebSocket',
  afterAbsence: 'none',
  repeatsSafely: true,
  async connect(target) {
    const client = new WebSocketClient(target);
    await client.comeBack();
    return client;
  },
};

interface Event {
  readonly event: string;
  readonly seq?: number;
  readonly epoch: number;
  readonly by: string;
  readonly data: { readonly id: string; readonly clientId: string; readonly text: string };
}

interface ListenAnswer {
  readonly status: string;
  readonly epoch: number;
  readonly seq: number;
  readonly events: readonly Event[];
}

interface Result {
  readonly logs?: readonly ListenAnswer[];
  readonly events?: readonly Event[];
}

interface Reply {
  readonly reply: number;
  readonly result?: Result;
  readonly error?: { readonly code: string };
}

interface Waiting {
  resolve(result: Result): void;
  reject(error: Error): void;
}

class WebSocketClient implements DoorClient {
  readonly seen: SeenMessage[] = [];
  private readonly target: DoorTarget;
  private readonly waiting = new Map<number, Waiting>();
  private socket: WebSocket | null = null;
  private nextId = 1;
  private position: { epoch: number; after: number } | null = null;

  constructor(target: DoorTarget) {
    this.target = target;
  }

  async post(text: string, clientId: string): Promise<void> {
    await this.ask('message.post', { room: this.target.room, clientId, text });
  }

  cut(): Promise<void> {
    return new Promise((resolve) => {
      const { socket } = this;
      if (!socket || socket.readyState === WebSocket.CLOSED) return resolve();
      socket.once('close', () => resolve());
      socket.terminate();
    });
  }

  async comeBack(): Promise<void> {
    const { url, token, room } = this.target;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/connect`);
    this.socket = socket;
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('message', (data) => this.receive(String(data)));
    socket.on('close', () => this.lost());
    await this.ask('connection.hello', { versions: [1], token });
    const log = `room:${room}`;
    const listen = () => this.ask('log.listen', { logs: [{ log, level: 'live', ...this.position }] });
    // More was missed than one answer holds: it is paged first ([L6]).
    while ((await listen()).logs?.some(({ status }) => status === 'behind')) {
      while (((await this.ask('log.read', { log, after: this.position?.after })).events?.length ?? 0) > 0);
    }
  }

  async close(): Promise<void> {
    await this.cut();
  }

  private ask(command: string, params: unknown): Promise<Result> {
    return new Promise((resolve, reject) => {
      const id = this.nextId;
      this.nextId += 1;
      this.waiting.set(id, { resolve, reject });
      if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ id, command, params }));
      else this.lost();
    });
  }

  private receive(message: string): void {
    for (const line of message.split('\n')) {
      const frame = JSON.parse(line);
      if (frame.event !== undefined) this.hear(frame);
      else this.answered(frame);
    }
  }

  private answered({ reply, result, error }: Reply): void {
    const waiting = this.waiting.get(reply);
    this.waiting.delete(reply);
    if (error !== undefined) waiting?.reject(new Error(error.code));
    else if (result?.logs?.some(({ status }) => status === 'failed')) waiting?.reject(new Error('not-found'));
    else {
      // In the same turn: the next line may be the event that follows the answer.
      for (const { status, epoch, seq, events } of result?.logs ?? []) {
        this.position ??= { epoch, after: seq };
        if (status === 'listening') for (const event of events) this.hear(event);
      }
      for (const event of result?.events ?? []) this.hear(event);
      waiting?.resolve(result ?? {});
    }
  }

  private hear({ event, seq, epoch, by, data }: Event): void {
    // Only the next one counts ([L7]).
    if (seq === undefined || seq !== (this.position?.after ?? 0) + 1) return;
    this.position = { epoch, after: seq };
    if (event === 'message.posted') this.seen.push({ seq, author: by, ...data });
  }

  private lost(): void {
    for (const { reject } of this.waiting.values()) reject(new Error('offline'));
    this.waiting.clear();
  }
}
