import { randomUUID } from 'node:crypto';
import type { LoggedEvent, RoomId } from '@confab/protocol';
import { type Inhabitant, patiently } from '../load/population.ts';
import { TestBed } from '../load/test-bed.ts';
import type { DoorClient, DoorTarget, SeenMessage } from './door-client.ts';

/** People who are in one room after the other. */
const staying = 20;

/** Where clients go instead of to the server itself: a proxy in front of it. */
export interface Front {
  readonly url: string;
  readonly mqttPort: number;
  close(): Promise<void>;
}

export interface JourneyBedOptions {
  /** Opens the front before the server that listens on these ports. */
  readonly front?: (server: { readonly url: string; readonly mqttPort: number }) => Promise<Front>;
  /** Further environment variables of the server, `CONFAB_*`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** People, rooms and a server for clients of any door. */
export class JourneyBed {
  /** Closed with the bed. */
  readonly clients: DoorClient[] = [];
  private readonly bed: TestBed;
  private readonly front: Front | undefined;
  private readonly end: () => void;
  private readonly ended: Promise<void>;
  private used = 0;
  private left = 0;

  private constructor(bed: TestBed, front: Front | undefined, end: () => void, ended: Promise<void>) {
    this.bed = bed;
    this.front = front;
    this.end = end;
    this.ended = ended;
  }

  /** `leaving`: how many people may be signed out in the course of it. */
  static open(leaving: number, { front: openFront, env = {} }: JourneyBedOptions = {}): Promise<JourneyBed> {
    return new Promise((resolve, reject) => {
      const ended: Promise<void> = TestBed.with({ members: staying + leaving, roomy: true, env }, async (bed) => {
        const front = await openFront?.(bed.target('', ''));
        const over = Promise.withResolvers<void>();
        const settled = Promise.resolve().then(() => ended);
        resolve(new JourneyBed(bed, front, over.resolve, settled));
        await over.promise;
        await front?.close();
      });
      ended.catch(reject);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close().catch(() => {})));
    this.end();
    await this.ended;
  }

  async room(visibility: 'public' | 'private' = 'public'): Promise<RoomId> {
    const { owner, space } = this.bed.people;
    const name = `room-${randomUUID()}`;
    const { room } = await owner.api.call('room.create', { space, name, visibility });
    return room.info.id;
  }

  /** Someone, in this room: another one than the last few times. */
  person(room: string): Promise<Inhabitant> {
    this.used += 1;
    return this.joining(room, this.used % staying);
  }

  /** Someone who may be signed out: they are nowhere else. */
  leaver(room: string): Promise<Inhabitant> {
    this.left += 1;
    return this.joining(room, staying + this.left - 1);
  }

  private async joining(room: string, index: number): Promise<Inhabitant> {
    const person = this.bed.people.members[index];
    if (!person) throw new Error('There are not enough people.');
    await patiently(() => person.api.call('room.join', { room: room as RoomId }));
    return person;
  }

  target(person: Inhabitant, room: string): DoorTarget {
    const target = this.bed.target(person.token, room);
    return this.front ? { ...target, url: this.front.url, mqttPort: this.front.mqttPort } : target;
  }

  /** The address of a webhook into a room. */
  async webhook(room: string): Promise<string> {
    const { token } = await this.bed.people.owner.api.call('webhook.create', { room: room as RoomId, name: 'Program' });
    return `${this.url}/hooks/${room}/${token}`;
  }

  get url(): string {
    return this.front?.url ?? this.bed.url;
  }

  /** The owner says something, over HTTP. */
  async post(room: string, text: string): Promise<void> {
    await patiently(() =>
      this.bed.people.owner.api.call('message.post', {
        room: room as RoomId,
        text,
        clientId: randomUUID() as never,
      }),
    );
  }

  /** All messages of a room as they stand in its log. */
  async posted(room: string): Promise<SeenMessage[]> {
    const messages: SeenMessage[] = [];
    for (let after = 0; ; ) {
      const page = await this.bed.people.owner.api.call('log.read', { log: `room:${room}`, after });
      for (const event of page.events as LoggedEvent[]) {
        after = event.seq;
        if (event.event !== 'message.posted') continue;
        messages.push({ seq: event.seq, author: event.by ?? '', ...event.data });
      }
      if (page.events.length === 0 || after >= page.seq) return messages;
    }
  }

  async killAndRestart(): Promise<void> {
    await this.bed.killAndRestart();
    // A proxy has to find out that the server is back.
    while (!(await fetch(`${this.url}/health/ready`)).ok) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async until(holds: () => boolean, what: () => string): Promise<void> {
    const deadlineMs = performance.now() + 15_000;
    while (!holds()) {
      if (performance.now() > deadlineMs) throw new Error(`Waited in vain for ${what()}.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
