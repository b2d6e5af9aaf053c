import { TokenBucket } from '@confab/engine';
import type { Socket } from 'socket.io';
import type { SocketIoLimits } from './limits.ts';
import type { Packet } from './outgoing.ts';

/** Engine.IO's socket: one connection, whatever transports it goes over and namespaces it is in. */
export type EngineSocket = Socket['conn'];

/** A namespace of the connection, as it is told what happens to all of them. */
export interface Tenant {
  /** As it stands in packets. */
  readonly namespace: string;
  heard(): void;
  drained(): void;
  flooded(): void;
  /** The connection is gone. */
  gone(): void;
}

/** What `ws` has of a WebSocket that Engine.IO keeps to itself. */
interface WithWebSocket {
  readonly socket?: { readonly bufferedAmount: number };
}

/** An answer to a poll, as long as it is under way. */
interface PollAnswer {
  readonly writableLength: number;
  once(event: 'finish' | 'close', listener: () => void): unknown;
}

interface OutgoingPacket {
  readonly data?: unknown;
  readonly options?: { readonly wsPreEncodedFrame?: readonly Buffer[] };
}

/** One client's connection: counts what waits for it and what it sends, and knows who lives on it. */
export class Connection {
  readonly address: string;
  private readonly engine: EngineSocket;
  private readonly limits: SocketIoLimits;
  private readonly tenants = new Set<Tenant>();
  private readonly packets: TokenBucket;
  /** Packets that Engine.IO holds until its transport takes more. */
  private queuedBytes = 0;
  private answer: PollAnswer | null = null;
  private closing: NodeJS.Timeout | null = null;

  constructor(engine: EngineSocket, address: string, limits: SocketIoLimits) {
    this.engine = engine;
    this.address = address;
    this.limits = limits;
    this.packets = new TokenBucket(limits.packetsBurst, performance.now());
    engine.on('packetCreate', (packet: OutgoingPacket) => {
      this.queuedBytes += sizeOf(packet);
    });
    engine.on('flush', () => {
      this.queuedBytes = 0;
    });
    engine.on('packet', () => this.took());
    engine.on('upgrade', () => this.watchTransport());
    engine.on('close', () => this.gone());
    this.watchTransport();
  }

  get isOpen(): boolean {
    return this.engine.readyState === 'open';
  }

  has(namespace: string): boolean {
    return [...this.tenants].some((tenant) => tenant.namespace === namespace);
  }

  /** Whether one more namespace may be entered. */
  get hasRoom(): boolean {
    return this.tenants.size < this.limits.namespaces;
  }

  /** Only on an open connection, or it would never be told that it is gone. */
  add(tenant: Tenant): void {
    this.tenants.add(tenant);
  }

  /** With the last namespace the connection ends, as the stock client has it too. */
  remove(tenant: Tenant): void {
    if (this.tenants.delete(tenant) && this.tenants.size === 0) this.close();
  }

  /** Takes one away that was not let in; whoever is on this connection may try again. */
  forget(tenant: Tenant): void {
    this.tenants.delete(tenant);
  }

  write(packet: Packet): void {
    const onWebSocket = this.engine.transport.name === 'websocket';
    const options = onWebSocket ? { compress: false, wsPreEncodedFrame: [packet.frame()] } : { compress: false };
    this.engine.write(packet.text, options);
    for (const attachment of packet.attachments) this.engine.write(attachment, { compress: false });
  }

  /** Bytes that were written and have not left for the network. */
  pendingBytes(): number {
    const { socket } = this.engine.transport as unknown as WithWebSocket;
    return this.queuedBytes + (socket?.bufferedAmount ?? 0) + (this.answer?.writableLength ?? 0);
  }

  /** The answer to a poll, which what waits will go out with. */
  polled(answer: PollAnswer): void {
    this.answer = answer;
    const over = () => {
      if (this.answer === answer) this.answer = null;
      this.drained();
    };
    answer.once('finish', over);
    answer.once('close', over);
  }

  /** Ends the connection after what was written, in a bounded time; a stock client comes back by itself. */
  close(): void {
    this.engine.close();
    this.closing ??= setTimeout(() => this.cut(), this.limits.closingMs).unref();
  }

  /** Ends it without waiting for the client to take what was written. */
  cut(): void {
    this.engine.close(true);
  }

  private took(): void {
    const { packetsPerSecond, packetsBurst } = this.limits;
    if (this.packets.take(performance.now(), packetsPerSecond, packetsBurst)) {
      for (const tenant of this.tenants) tenant.heard();
      return;
    }
    for (const tenant of [...this.tenants]) tenant.flooded();
    this.cut();
  }

  private watchTransport(): void {
    this.engine.transport.on('drain', () => this.drained());
  }

  private drained(): void {
    for (const tenant of [...this.tenants]) tenant.drained();
  }

  private gone(): void {
    if (this.closing !== null) clearTimeout(this.closing);
    const tenants = [...this.tenants];
    this.tenants.clear();
    for (const tenant of tenants) tenant.gone();
  }
}

function sizeOf({ data, options }: OutgoingPacket): number {
  const frame = options?.wsPreEncodedFrame?.[0];
  if (frame !== undefined) return frame.byteLength;
  if (ArrayBuffer.isView(data)) return data.byteLength;
  return typeof data === 'string' ? Buffer.byteLength(data) : 0;
}
