import type { Duplex } from 'node:stream';
import type { Credentials, DoorSession, Peer, Reception } from '@confab/engine';
import type { CloseReason } from '@confab/protocol';
import { DoorServer } from '../../testing/door-server.ts';
import { ownOrigin } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { createWebSocketDoor, type WebSocketDoorOptions, type WebSocketDoorParts } from '../door.ts';
import { RawClient, type RawHeaders } from './raw-client.ts';

/** What the door told about one connection. */
export class RecordingSession implements DoorSession {
  readonly peer: Peer;
  readonly credentials: Credentials;
  readonly texts: string[] = [];
  violations: CloseReason[] = [];
  signsOfLife = 0;
  drains = 0;
  closes = 0;

  constructor(peer: Peer, credentials: Credentials) {
    this.peer = peer;
    this.credentials = credentials;
  }

  receive(text: string): void {
    this.texts.push(text);
  }
  alive(): void {
    this.signsOfLife += 1;
  }
  drained(): void {
    this.drains += 1;
  }
  violated(reason: CloseReason): void {
    this.violations.push(reason);
    this.peer.write(this.peer.framing.frame(`closing ${reason}`));
    this.peer.close(reason);
  }
  closed(): void {
    this.closes += 1;
  }
}

export interface OpenDoor {
  readonly port: number;
  readonly sessions: RecordingSession[];
  /** What the reception says to whoever comes next. */
  refusal: CloseReason | undefined;
  /** A client that was answered, whatever the answer. */
  knock(headers?: RawHeaders, request?: string, head?: Uint8Array): Promise<RawClient>;
  /** A client that was taken in. */
  connect(headers?: RawHeaders, head?: Uint8Array): Promise<{ client: RawClient; session: RecordingSession }>;
  /** Closes the door, and rejects unless each session was told exactly once that its connection is gone. */
  close(): Promise<void>;
}

/** A door on a free port, with a reception that only records. */
export async function openDoor(
  { limits, ...parts }: Partial<WebSocketDoorParts> & WebSocketDoorOptions = {},
  through: (socket: Duplex) => Duplex = (socket) => socket,
): Promise<OpenDoor> {
  const clients: RawClient[] = [];
  const reception: Reception = {
    refuses: () => door.refusal,
    accept: (peer, credentials) => {
      const session = new RecordingSession(peer, credentials);
      door.sessions.push(session);
      return session;
    },
  };
  const webSocket = createWebSocketDoor(
    {
      reception,
      origins: { allows: (origin) => origin === ownOrigin },
      report: () => {},
      addressOf: (request) => request.socket.remoteAddress ?? '',
      credentialsOf: (request) => ({ token: request.headers.authorization ?? null }),
      ...parts,
    },
    limits ? { limits } : {},
  );
  const server = await DoorServer.open(webSocket, { through });
  const { port } = server;
  const door: OpenDoor = {
    port,
    sessions: [],
    refusal: undefined,
    async knock(headers, request, head) {
      const client = new RawClient(port, headers, request, head);
      clients.push(client);
      await until(() => client.upgraded || client.ended);
      return client;
    },
    async connect(headers, head) {
      const before = door.sessions.length;
      const client = await door.knock(headers, undefined, head);
      const session = door.sessions[before];
      if (!session) throw new Error(`not taken in: ${client.response}`);
      return { client, session };
    },
    async close() {
      await webSocket.close();
      await until(() => door.sessions.every((session) => session.closes > 0));
      for (const client of clients) client.socket.destroy();
      await server.close();
      const wrong = door.sessions.filter((session) => session.closes !== 1);
      if (wrong.length > 0) throw new Error(`${wrong.length} sessions were not told exactly once that they ended`);
    },
  };
  return door;
}
