import { WebSocket } from 'ws';
import { until } from '../../../testing/until.ts';

export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

interface RawOptions {
  readonly protocol?: string | string[];
  readonly headers?: Record<string, string>;
}

/** A client that sends whatever it is told to, and remembers what it hears. */
export class RawSocket {
  readonly heard: Message[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;
  /** The status of a refused upgrade. */
  refused: number | null = null;
  pongs = 0;
  readonly socket: WebSocket;

  private constructor(url: string, { protocol = 'graphql-transport-ws', headers = {} }: RawOptions) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol, { headers });
    this.socket.on('message', (data) => void this.heard.push(JSON.parse(String(data)) as Message));
    this.socket.on('pong', () => {
      this.pongs += 1;
    });
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    this.socket.on('error', () => {});
    this.socket.on('unexpected-response', (_request, response) => {
      this.refused = response.statusCode ?? 0;
      response.resume();
      this.socket.terminate();
    });
  }

  /** Resolves when it was taken in, or not. */
  static async open(url: string, options: RawOptions = {}): Promise<RawSocket> {
    const raw = new RawSocket(url, options);
    await until(() => raw.socket.readyState !== WebSocket.CONNECTING);
    return raw;
  }

  /** Opens and signs in. */
  static async signedIn(url: string, token: string): Promise<RawSocket> {
    const raw = await RawSocket.open(url);
    raw.send({ type: 'connection_init', payload: { token } });
    await raw.hears('connection_ack');
    return raw;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: object = {}): void {
    this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  /** Everything heard of one type, and of one operation where an id is given. */
  all(type: string, id?: string): Message[] {
    return this.heard.filter((message) => message.type === type && (id === undefined || message.id === id));
  }

  async hears(type: string, id?: string, count = 1): Promise<Message> {
    await until(() => this.all(type, id).length >= count || this.closed !== null);
    const found = this.all(type, id)[count - 1];
    if (!found) throw new Error(`closed with ${this.closed?.code} ${this.closed?.reason} before ${type}`);
    return found;
  }

  async ends(): Promise<{ readonly code: number; readonly reason: string }> {
    await until(() => this.closed !== null);
    return this.closed ?? { code: 0, reason: '' };
  }

  /** Waits until everything that was sent before has been dealt with. */
  async settled(): Promise<void> {
    const before = this.all('pong').length;
    this.send({ type: 'ping' });
    await until(() => this.all('pong').length > before || this.closed !== null);
  }

  close(): void {
    this.socket.terminate();
  }
}
