import { type Confab, ConfabError, createConfab, MemoryOutbox, systemPorts } from '@confab/client';
import type { ClientId, RoomId } from '@confab/protocol';
import type { DoorClient, DoorKind, DoorTarget, SeenMessage } from './door-client.ts';

/** The SDK as a program uses it. */
export const sdkDoor: DoorKind = kind('Confab SDK', 'websocket');

/** The same on a network that lets only plain requests through: it finds that out by itself. */
export const sdkOverHttpDoor: DoorKind = kind('Confab SDK over HTTP', 'long-poll');

function kind(name: string, open: 'websocket' | 'long-poll'): DoorKind {
  return {
    name,
    afterAbsence: 'none',
    repeatsSafely: true,
    async connect(target) {
      const client = new SdkDoorClient(target, open);
      await client.begin();
      return client;
    },
  };
}

class SdkDoorClient implements DoorClient {
  readonly seen: SeenMessage[] = [];
  private readonly confab: Confab;
  private readonly room: RoomId;
  private readonly cuts = new Set<() => void>();
  private plugged = true;
  private wake = (): void => {};

  constructor({ url, token, room }: DoorTarget, open: 'websocket' | 'long-poll') {
    this.room = room as RoomId;
    const ports = systemPorts();
    this.confab = createConfab({
      url,
      token,
      hear: 'all-rooms',
      outbox: new MemoryOutbox(),
      ports: {
        environment: {
          ...ports.environment,
          onWake: (listener) => {
            this.wake = listener;
            return () => {};
          },
        },
        openSocket: (address, handlers, door) => {
          if (!this.plugged || door !== open) {
            queueMicrotask(() => handlers.closed(1006));
            return { send() {}, close() {} };
          }
          const closed = (code: number): void => {
            if (this.cuts.delete(cut)) handlers.closed(code);
          };
          const socket = ports.openSocket(address, { ...handlers, closed }, door);
          const cut = (): void => {
            socket.close();
            closed(1006);
          };
          this.cuts.add(cut);
          return socket;
        },
      },
    });
    this.confab.onEvent((event) => {
      if (event.log !== `room:${room}` || event.event !== 'message.posted') return;
      this.seen.push({ seq: event.seq, author: event.by ?? '', ...event.data });
    });
  }

  async begin(): Promise<void> {
    await this.asked(() => this.confab.call('room.show', { room: this.room }));
    this.confab.start();
    await this.online();
  }

  async post(text: string, clientId: string): Promise<void> {
    const params = { room: this.room, clientId: clientId as ClientId, text };
    await this.asked(() => this.confab.call('message.post', params));
  }

  async cut(): Promise<void> {
    this.plugged = false;
    for (const cut of [...this.cuts]) cut();
  }

  async comeBack(): Promise<void> {
    this.plugged = true;
    this.wake();
    await this.online();
  }

  async close(): Promise<void> {
    await this.confab.stop();
  }

  private online(): Promise<void> {
    const { connection } = this.confab;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const state = connection.get();
        if (state.status === 'online') resolve();
        else if (state.status === 'stopped') reject(new Error('unauthenticated'));
        // What is waited for between attempts is not what is tested.
        else if (state.status === 'waiting') return void setTimeout(this.wake, 50);
        else return;
        stop();
      };
      const stop = connection.subscribe(look);
      look();
    });
  }

  private async asked(ask: () => Promise<unknown>): Promise<void> {
    if (!this.plugged) throw new Error('offline');
    await ask().catch((error: unknown) => {
      throw new Error(error instanceof ConfabError ? (error.code ?? error.kind) : String(error));
    });
  }
}
