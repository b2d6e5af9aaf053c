import type { Duplex } from 'node:stream';
import type { Credentials } from '@confab/engine';
import { type CloseReason, toWireError, type WireError } from '@confab/protocol';
import { WebSocket } from 'ws';
import { closeCodeOf } from './close-codes.ts';
import { type ConnectionParts, GraphqlConnection, type Wire } from './connection.ts';
import type { GraphqlLimits } from './limits.ts';

interface SocketWireParts {
  readonly address: string;
  /** What the request itself carried. */
  readonly credentials: Credentials;
  readonly limits: GraphqlLimits;
}

/** A WebSocket, before and after it is signed in. */
export class SocketWire implements Wire {
  readonly client = 'graphql-ws';
  readonly address: string;
  readonly credentials: Credentials;
  readonly socket: WebSocket;
  /** `null` until it is signed in. */
  connection: GraphqlConnection | null = null;
  private readonly limits: GraphqlLimits;
  private messages = 0;

  constructor(webSocket: WebSocket, socket: Duplex, { address, credentials, limits }: SocketWireParts) {
    this.socket = webSocket;
    this.address = address;
    this.credentials = credentials;
    this.limits = limits;
    webSocket.on('ping', (payload) => this.answerPing(payload));
    webSocket.on('pong', () => this.heard());
    // `ws` closes with the code for it by itself; the listener keeps it from being thrown.
    webSocket.on('error', () => {});
    socket.on('drain', () => this.connection?.drained());
  }

  /** Signs in; answers with why not. */
  async signIn(parts: ConnectionParts, credentials: Credentials): Promise<WireError | undefined> {
    const opened = await GraphqlConnection.open(parts, credentials, this);
    if ('error' in opened) return opened.error;
    this.connection = opened.connection;
    // It may be gone, or its session ended, while it was looked up.
    if (this.isOpen() && !opened.connection.session.isOver) return undefined;
    opened.connection.left();
    return toWireError('session-revoked');
  }

  send(text: string): void {
    if (this.isOpen()) this.socket.send(text);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  pendingBytes(): number {
    return this.socket.bufferedAmount;
  }

  probe(): void {
    if (this.isOpen()) this.socket.ping();
  }

  ended(reason: CloseReason): void {
    this.close(closeCodeOf(reason), reason);
  }

  heard(): void {
    this.connection?.session.heard();
  }

  /** Whether one more message is taken; each counts against a rate, those before signing in against a bound. */
  takesMessage(): boolean {
    if (!this.isOpen()) return false;
    this.messages += 1;
    if (this.connection !== null) this.connection.count();
    else if (this.messages > this.limits.messagesBeforeSignIn) this.close(closeCodeOf('flooding'), 'flooding');
    return this.isOpen();
  }

  /** Answers a ping of the subprotocol, unless the client does not read. */
  pong(payload: unknown): void {
    if (this.pendingBytes() > this.limits.gateBytes) return;
    this.send(JSON.stringify(payload === undefined || payload === null ? { type: 'pong' } : { type: 'pong', payload }));
  }

  left(): void {
    this.connection?.left();
  }

  private answerPing(payload: Buffer): void {
    if (this.isOpen() && this.pendingBytes() <= this.limits.gateBytes) this.socket.pong(payload);
    this.heard();
  }

  private isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }
}
