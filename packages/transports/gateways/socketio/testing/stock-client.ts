import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { PostedMessage } from '../../../session/index.ts';
import { until } from '../../../testing/until.ts';
import type { OpenGateway } from './open-gateway.ts';

/** What `connect_error` gives. */
export interface ConnectError extends Error {
  readonly data?: { readonly code: string };
}

/** The client from npm, as its documentation shows, with a memory of what it heard. */
export class StockClient {
  readonly socket: Socket;
  readonly messages: PostedMessage[] = [];
  readonly heard: { event: string; args: unknown[] }[] = [];
  readonly disconnects: string[] = [];
  readonly refusals: ConnectError[] = [];

  private readonly upgrades: boolean;

  constructor(url: string, auth: object, options: Partial<ManagerOptions & SocketOptions> = {}) {
    this.upgrades = options.transports === undefined || options.transports.length > 1;
    this.socket = io(url, { auth, forceNew: true, reconnectionDelay: 5, reconnectionDelayMax: 20, ...options });
    this.socket.on('message', (message: PostedMessage) => this.messages.push(message));
    this.socket.onAny((event: string, ...args: unknown[]) => this.heard.push({ event, args }));
    this.socket.on('disconnect', (reason) => this.disconnects.push(reason));
    this.socket.on('connect_error', (error) => this.refusals.push(error));
  }

  static async connected(...args: ConstructorParameters<typeof StockClient>): Promise<StockClient> {
    const client = new StockClient(...args);
    await client.connects();
    return client;
  }

  get texts(): string[] {
    return this.messages.map(({ text }) => text);
  }

  get events(): string[] {
    return this.heard.map(({ event }) => event);
  }

  async connects(): Promise<void> {
    await until(() => this.socket.connected || this.refusals.some(({ data }) => data !== undefined));
    if (!this.socket.connected) throw new Error(this.refusals.at(-1)?.data?.code);
  }

  /** Does not come back when it is cut off, until it is told to. */
  async cutBy(gateway: OpenGateway): Promise<void> {
    this.socket.io.reconnection(false);
    // In the middle of moving to a WebSocket it would notice only when no ping comes.
    await until(() => this.socket.io.engine.transport.name === 'websocket' || !this.upgrades);
    await until(() => {
      // Between two polls there is nothing to cut.
      if (this.socket.connected) gateway.cut();
      return !this.socket.connected;
    });
  }

  async comeBack(): Promise<void> {
    this.socket.connect();
    await this.connects();
  }

  async sees(text: string): Promise<void> {
    await until(() => this.texts.includes(text));
  }
}
