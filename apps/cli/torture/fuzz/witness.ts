import type { ClientId } from '@confab/protocol';
import { isLogged, LoadConnection } from '../../load/load-connection.ts';
import type { TestBed } from '../../load/test-bed.ts';

const everyMs = 100;

/** Somebody on a WebSocket in the room that all the others torment: posts now and then, and hears everything. */
export class Witness {
  private readonly connection: LoadConnection;
  private readonly timer: NodeJS.Timeout;
  private readonly posts: Promise<unknown>[] = [];
  private last = 0;
  private heard = 0;
  private gaps = 0;
  private doubles = 0;

  private constructor(connection: LoadConnection, post: (index: number) => Promise<unknown>) {
    this.connection = connection;
    this.timer = setInterval(() => this.posts.push(post(this.posts.length)), everyMs);
  }

  static async open({ people, url }: TestBed): Promise<Witness> {
    const { room } = people;
    const token = people.members.at(-1)?.token ?? '';
    let witness: Witness | undefined;
    const connection = await LoadConnection.open(url, token, {
      event: (frame) => {
        if (isLogged(frame) && frame.log === `room:${room}`) witness?.hear(frame.seq, JSON.stringify(frame.data));
      },
    });
    const { position } = (await connection.call('room.show', { room })).room;
    witness = new Witness(connection, (index) =>
      connection.call('message.post', { room, clientId: `witness-${index}` as ClientId, text: `witness ${index}` }),
    );
    witness.last = position.seq;
    const from = { log: `room:${room}`, level: 'live', epoch: position.epoch, after: position.seq } as const;
    await connection.call('log.listen', { logs: [from] });
    return witness;
  }

  /** Stops posting, waits for what it posted, and says how it was. Rejects when a post was refused. */
  async end(): Promise<{ posted: number; heard: number; gaps: number; doubles: number }> {
    clearInterval(this.timer);
    await Promise.all(this.posts);
    const deadlineMs = performance.now() + 10_000;
    while (this.heard < this.posts.length && performance.now() < deadlineMs) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.connection.destroy();
    const { posts, heard, gaps, doubles } = this;
    return { posted: posts.length, heard, gaps, doubles };
  }

  private hear(seq: number, data: string): void {
    if (seq <= this.last) this.doubles += 1;
    else if (seq > this.last + 1) this.gaps += 1;
    this.last = Math.max(this.last, seq);
    if (data.includes(`"witness ${this.heard}"`)) this.heard += 1;
  }
}
