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

interface Waiting {
  resolve(result: Record<string, unknown>): void;
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
    await this.ask('log.listen', { logs: [{ log: `room:${room}`, level: 'live', ...this.position }] });
  }

  async close(): Promise<void> {
    await this.cut();
  }

  private ask(command: string, params: unknown): Promise<Record<string, unknown>> {
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
      else if (frame.error !== undefined) this.waiting.get(frame.reply)?.reject(new Error(frame.error.code));
      else {
        // In the same turn: the next line may be the event that follows the answer.
        for (const log of frame.result.logs ?? []) this.listening(log);
        this.waiting.get(frame.reply)?.resolve(frame.result);
      }
      if (frame.reply !== undefined) this.waiting.delete(frame.reply);
    }
  }

  private listening(answer: { status: string; epoch: number; seq: number; events: Record<string, never>[] }): void {
    if (answer.status !== 'listening') throw new Error(`The log is ${answer.status}.`);
    for (const event of answer.events) this.hear(event);
    this.position = { epoch: answer.epoch, after: answer.seq };
  }

  private hear(event: Record<string, never>): void {
    const { seq, epoch, by, data } = event as unknown as {
      seq?: number;
      epoch: number;
      by: string;
      data: { id: string; clientId: string; text: string };
    };
    if (seq === undefined) return;
    this.position = { epoch, after: seq };
    if ((event.event as string) !== 'message.posted') return;
    this.seen.push({ seq, author: by, id: data.id, clientId: data.clientId, text: data.text });
  }

  private lost(): void {
    for (const { reject } of this.waiting.values()) reject(new Error('offline'));
    this.waiting.clear();
  }
}
