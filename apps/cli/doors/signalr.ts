import { type HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from '@microsoft/signalr';
import { WebSocket } from 'ws';
import type { DoorClient, DoorKind, DoorTarget, SeenMessage } from './door-client.ts';

/** The stock client (npm `@microsoft/signalr`), which comes back with the cursor of the last message it was told. */
export const signalRDoor: DoorKind = {
  name: 'SignalR',
  afterAbsence: 'none',
  repeatsSafely: true,
  async connect(target) {
    const client = new SignalRClient(target);
    await client.comeBack();
    return client;
  },
};

interface Message extends Omit<SeenMessage, 'author'> {
  readonly author: string | null;
  readonly cursor: string;
}

class SignalRClient implements DoorClient {
  readonly seen: SeenMessage[] = [];
  private readonly connection: HubConnection;
  private readonly room: string;
  private readonly sockets = new Set<WebSocket>();
  private away = false;
  private cursor: string | undefined;

  constructor({ url, token, room }: DoorTarget) {
    this.room = room;
    // `WebSocket` is an option of the client that its types leave out.
    const options = { accessTokenFactory: () => token, WebSocket: this.cuttableSocket() };
    this.connection = new HubConnectionBuilder()
      .withUrl(`${url}/signalr`, options)
      .withStatefulReconnect()
      .configureLogging(LogLevel.None)
      .build();
    this.connection.on('message', ({ seq, id, clientId, author, text, cursor }: Message) => {
      this.cursor = cursor;
      this.seen.push({ seq, id, clientId, author: author ?? '', text });
    });
  }

  async post(text: string, clientId: string): Promise<void> {
    await this.invoke('Send', this.room, text, clientId);
  }

  async cut(): Promise<void> {
    this.away = true;
    if (this.connection.state === HubConnectionState.Disconnected) return;
    const gone = new Promise<void>((resolve) => this.connection.onclose(() => resolve()));
    for (const socket of this.sockets) socket.terminate();
    await gone;
  }

  async comeBack(): Promise<void> {
    this.away = false;
    await this.connection.start().catch(refused);
    const joined = await this.invoke<{ cursor: string }>('Join', this.room, this.cursor);
    this.cursor ??= joined.cursor;
  }

  async close(): Promise<void> {
    await this.connection.stop();
  }

  private invoke<T>(method: string, ...given: unknown[]): Promise<T> {
    return this.connection.invoke<T>(method, ...given).catch(refused);
  }

  /** The client's own kind of socket, with a plug that can be pulled: until it comes back, no other gets through. */
  private cuttableSocket() {
    const { sockets } = this;
    const isAway = () => this.away;
    return class extends WebSocket {
      constructor(...given: ConstructorParameters<typeof WebSocket>) {
        super(...given);
        sockets.add(this);
        this.on('close', () => sockets.delete(this));
        if (isAway()) this.terminate();
      }
    };
  }
}

/** The client wraps what the server said into sentences of its own. */
function refused(error: unknown): never {
  const { message } = error as Error;
  const code = /"code":"([a-z-]+)"|HubException: ([a-z-]+):/.exec(message);
  throw new Error(code?.[1] ?? code?.[2] ?? 'offline');
}
