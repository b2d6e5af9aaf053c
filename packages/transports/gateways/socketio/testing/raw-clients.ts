import { WebSocket } from 'ws';
import { until } from '../../../testing/until.ts';

/** Packets of Engine.IO in one body are kept apart by this character. */
export const separator = '\x1e';
const address = '/socket.io/?EIO=4';

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** One HTTP request as it is written. */
export async function ask(url: string, path: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** A client that polls, and sends whatever it is told to. */
export class RawPoller {
  readonly url: string;
  readonly sid: string;
  /** Packets as they came, without pings. */
  readonly packets: string[] = [];
  private readonly headers: Record<string, string>;

  private constructor(url: string, sid: string, headers: Record<string, string>) {
    this.url = url;
    this.sid = sid;
    this.headers = headers;
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<RawPoller> {
    const { text } = await ask(url, `${address}&transport=polling`, { headers });
    return new RawPoller(url, JSON.parse(text.slice(1)).sid, headers);
  }

  get path(): string {
    return `${address}&transport=polling&sid=${this.sid}`;
  }

  send(body: string, init: RequestInit = {}): Promise<Answered> {
    return ask(this.url, this.path, { method: 'POST', body, headers: this.headers, ...init });
  }

  async poll(): Promise<Answered> {
    const answered = await ask(this.url, this.path, { headers: this.headers });
    if (answered.status === 200) this.packets.push(...answered.text.split(separator).filter((each) => each !== '2'));
    return answered;
  }

  /** Polls until a packet comes that begins like this, and answers with it. */
  async pollFor(beginning: string): Promise<string> {
    for (let polls = 0; polls < 20; polls += 1) {
      const found = this.packets.find((each) => each.startsWith(beginning));
      if (found !== undefined) return found;
      const { status } = await this.poll();
      if (status !== 200) throw new Error(`status ${status} instead of ${beginning}`);
    }
    throw new Error(`no ${beginning} among ${this.packets}`);
  }
}

/** A client on a WebSocket that sends whatever it is told to. */
export class RawSocket {
  readonly webSocket: WebSocket;
  readonly packets: string[] = [];
  status = 0;
  closed = false;

  constructor(url: string, query = '&transport=websocket', headers: Record<string, string> = {}) {
    this.webSocket = new WebSocket(`${url.replace('http', 'ws')}${address}${query}`, { headers });
    this.webSocket.on('message', (data) => this.packets.push(String(data)));
    this.webSocket.on('error', () => {});
    this.webSocket.on('unexpected-response', (_, response) => {
      this.status = response.statusCode ?? 0;
      this.webSocket.terminate();
    });
    this.webSocket.on('close', () => {
      this.closed = true;
    });
  }

  /** One that Engine.IO took in. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const socket = new RawSocket(url, undefined, headers);
    await until(() => socket.packets.length > 0 || socket.closed);
    return socket;
  }

  /** One in a namespace. */
  static async connect(url: string, token: string, namespace = '', auth: object = {}): Promise<RawSocket> {
    const socket = await RawSocket.open(url);
    const packet = `40${namespace}${JSON.stringify({ token, ...auth })}`;
    socket.send(packet);
    await socket.heard(`40${namespace}`);
    return socket;
  }

  send(...packets: (string | Uint8Array)[]): void {
    for (const packet of packets) this.webSocket.send(packet);
  }

  /** The next packet that begins like this. */
  async heard(beginning: string): Promise<string> {
    await until(() => this.closed || this.packets.some((each) => each.startsWith(beginning)));
    const found = this.packets.find((each) => each.startsWith(beginning));
    if (found === undefined) throw new Error(`closed before ${beginning}: ${this.packets}`);
    return found;
  }

  cut(): void {
    this.webSocket.terminate();
  }
}
