import type { RoomId } from '@confab/protocol';
import { HttpApi } from '../load/http-api.ts';
import { Refused } from '../load/load-connection.ts';
import type { DoorClient, DoorKind, DoorTarget, SeenMessage } from './door-client.ts';

/** How often the log is asked for news. */
const everyMs = 100;

/** A program that knows nothing but requests: it posts, and reads the log from where it stood. */
export const httpApiDoor: DoorKind = {
  name: 'HTTP API',
  afterAbsence: 'none',
  repeatsSafely: true,
  async connect(target) {
    const client = new HttpApiClient(target);
    await client.begin();
    return client;
  },
};

class HttpApiClient implements DoorClient {
  readonly seen: SeenMessage[] = [];
  private readonly api: HttpApi;
  private readonly room: RoomId;
  private after = 0;
  private timer: NodeJS.Timeout | null = null;
  private reading: Promise<void> = Promise.resolve();

  constructor({ url, token, room }: DoorTarget) {
    this.api = new HttpApi(url, token);
    this.room = room as RoomId;
  }

  async begin(): Promise<void> {
    const { room } = await this.asked(() => this.api.call('room.show', { room: this.room }));
    this.after = room.position.seq;
    await this.comeBack();
  }

  async post(text: string, clientId: string): Promise<void> {
    if (this.timer === null) throw new Error('offline');
    await this.asked(() => this.api.call('message.post', { room: this.room, clientId: clientId as never, text }));
  }

  async cut(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.reading;
  }

  async comeBack(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.read();
    this.timer = setInterval(() => {
      this.reading = this.reading.then(() => this.read().catch(() => {}));
    }, everyMs);
  }

  async close(): Promise<void> {
    await this.cut();
    this.api.close();
  }

  private async read(): Promise<void> {
    for (;;) {
      const page = await this.asked(() => this.api.call('log.read', { log: `room:${this.room}`, after: this.after }));
      for (const { event, seq, by, data } of page.events) {
        this.after = seq;
        if (event === 'message.posted')
          this.seen.push({ seq, author: by ?? '', ...(data as Pick<SeenMessage, 'id' | 'clientId' | 'text'>) });
      }
      if (page.events.length === 0 || this.after >= page.seq) return;
    }
  }

  private asked<T>(ask: () => Promise<T>): Promise<T> {
    return ask().catch((error: unknown) => {
      throw new Error(error instanceof Refused ? error.error.code : 'offline');
    });
  }
}
