import type { IncomingMessage } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, Server as TlsServer } from 'node:tls';
import { type Clock, systemPorts, type Timers } from '@confab/engine';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Certificate, Door, DoorParts } from '../../door.ts';
import { createMessageServer, refuseUpgrade, turnAway } from '../../websocket/index.ts';
import { LiveSessions } from './connection/live-sessions.ts';
import { MqttConnection } from './connection/mqtt-connection.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { defaultMqttLimits, type MqttLimits } from './limits.ts';
import { TcpStream } from './streams/tcp-stream.ts';
import { WebSocketStream } from './streams/web-socket-stream.ts';
import { WaitingWills } from './will.ts';
import { Codec } from './wire/codec.ts';

interface TcpPort {
  readonly port: number;
  readonly host: string;
  readonly certificate?: Certificate | null;
  /** Other processes listen on the same port, and the system hands connections out to them. */
  readonly sharesPort?: boolean;
}

export interface MqttGatewayOptions {
  /** Where to listen for MQTT over TCP, with a certificate over TLS; `null`: only WebSocket. Port 0 takes any free one. */
  readonly tcp?: TcpPort | null;
  readonly limits?: Partial<MqttLimits>;
  /** Time, for tests. */
  readonly time?: { readonly clock: Clock; readonly timers: Timers };
}

export const mqttPath = '/mqtt';
const subprotocol = 'mqtt';

/** MQTT 3.1.1 and 5 over WebSocket, at `mqttPath`, and over TCP where a port is given. */
export function createMqttGateway(parts: DoorParts, options: MqttGatewayOptions = {}): MqttGateway {
  return new MqttGateway(parts, options);
}

export class MqttGateway implements Door {
  readonly name = 'mqtt';
  readonly path = mqttPath;
  private readonly door: DoorParts;
  private readonly parts: GatewayParts;
  private readonly tcp: MqttGatewayOptions['tcp'];
  private readonly tcpServer: Server | null;
  private readonly webSockets: WebSocketServer;
  private readonly connections = new Set<MqttConnection>();
  /** Connections without a CONNECT. */
  private unannounced = 0;

  constructor(door: DoorParts, options: MqttGatewayOptions) {
    const limits = { ...defaultMqttLimits, ...options.limits };
    const { clock, timers } = options.time ?? systemPorts();
    const { reception, ask, report } = door;
    this.door = door;
    this.parts = {
      reception,
      ask,
      report,
      clock,
      timers,
      limits,
      codec: new Codec(),
      live: new LiveSessions(),
      wills: new WaitingWills(timers, limits.waitingWills),
    };
    this.tcp = options.tcp;
    this.tcpServer = options.tcp ? this.listener(options.tcp.certificate ?? null, limits) : null;
    this.webSockets = createMessageServer({
      maxBytes: limits.packetBytes * 2,
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
    });
  }

  private listener(certificate: Certificate | null, { connectMs }: MqttLimits): Server {
    const take = (socket: Socket): void => this.takeSocket(socket);
    if (certificate === null) return createServer(take);
    return createTlsServer({ ...certificate, minVersion: 'TLSv1.2', handshakeTimeout: connectMs }, take);
  }

  /** The port that TCP is listened to on, once it is open. */
  get tcpPort(): number | null {
    return (this.tcpServer?.address() as AddressInfo | null)?.port ?? null;
  }

  async open(): Promise<void> {
    const { tcp, tcpServer } = this;
    if (!tcp || !tcpServer) return;
    await new Promise<void>((resolve, reject) => {
      tcpServer.once('error', reject);
      const { port, host, sharesPort = false } = tcp;
      tcpServer.listen({ port, host: host || '::', backlog: 4_096, reusePort: sharesPort }, () => {
        tcpServer.off('error', reject);
        resolve();
      });
    });
  }

  setSecureContext(certificate: Certificate): void {
    if (this.tcpServer instanceof TlsServer) this.tcpServer.setSecureContext(certificate);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { door } = this;
    if (turnAway(door, request, socket, this.isFull)) return;
    if (!offers(request.headers['sec-websocket-protocol'])) {
      refuseUpgrade(socket, 'malformed');
      return;
    }
    const address = door.addressOf(request);
    const { token } = door.credentialsOf(request);
    this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.takeWebSocket(webSocket, socket, address, token);
    });
  }

  async close(): Promise<void> {
    this.webSockets.close();
    const closed = new Promise<void>((resolve) => {
      if (this.tcpServer?.listening) this.tcpServer.close(() => resolve());
      else resolve();
    });
    this.parts.wills.clear();
    for (const connection of this.connections) connection.cut();
    await Promise.all([...this.connections].map((connection) => connection.over));
    await closed;
  }

  private takeSocket(socket: Socket): void {
    const stream = new TcpStream(socket);
    if (this.isFull || this.parts.reception.refuses(stream.address) !== undefined) {
      socket.on('error', () => {});
      socket.destroy();
      return;
    }
    stream.listen(this.connection(stream, null));
  }

  private takeWebSocket(webSocket: WebSocket, socket: Duplex, address: string, token: string | null): void {
    const stream = new WebSocketStream(webSocket, socket, address);
    stream.listen(this.connection(stream, token));
  }

  private connection(stream: TcpStream | WebSocketStream, token: string | null): MqttConnection {
    this.unannounced += 1;
    let waits = true;
    const host = {
      ...this.parts,
      announced: () => {
        if (waits) this.unannounced -= 1;
        waits = false;
      },
      ended: (ended: MqttConnection) => void this.connections.delete(ended),
    };
    const connection = new MqttConnection(host, stream, token);
    this.connections.add(connection);
    return connection;
  }

  private get isFull(): boolean {
    return this.unannounced >= this.parts.limits.unannounced;
  }
}

function offers(protocols: string | undefined): boolean {
  return (protocols ?? '').split(',').some((each) => each.trim() === subprotocol);
}
