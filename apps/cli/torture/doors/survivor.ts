import { randomUUID } from 'node:crypto';
import type { DoorClient, DoorKind, DoorTarget, SeenMessage } from '../../doors/door-client.ts';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** How long one answer is waited for before the connection counts as dead. */
const answerMs = 15_000;

/** What a client did, and how much it had seen by then. */
export interface Note {
  readonly place: number;
  readonly what: string;
}

/** A client of any door that does not give up: it comes back and repeats until each of its messages is acknowledged. */
export class Survivor {
  readonly door: DoorKind;
  /** Client ids of its messages that were acknowledged, in order. */
  readonly acknowledged: string[] = [];
  readonly notes: Note[] = [];
  comebacks = 0;
  private readonly target: DoorTarget;
  private client: DoorClient | null = null;

  constructor(door: DoorKind, target: DoorTarget) {
    this.door = door;
    this.target = { ...target, note: (what) => this.note(what) };
  }

  get seen(): readonly SeenMessage[] {
    return this.client?.seen ?? [];
  }

  async connect(): Promise<void> {
    this.client = await this.door.connect(this.target);
  }

  /** Posts so many messages one after the other, whatever happens to the server meanwhile. */
  async postAll(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const clientId = randomUUID();
      while (!(await this.tryPost(`${this.door.name} ${index}`, clientId))) await this.comeBack();
      this.acknowledged.push(clientId);
    }
  }

  async comeBack(): Promise<void> {
    for (;;) {
      this.comebacks += 1;
      this.note('comes back');
      const back = this.client?.cut().then(() => this.client?.comeBack()) ?? this.connect();
      if (await within(back)) return;
      await pause(100);
    }
  }

  async close(): Promise<void> {
    await this.client?.close();
  }

  private note(what: string): void {
    this.notes.push({ place: this.seen.length, what });
  }

  private tryPost(text: string, clientId: string): Promise<boolean> {
    return within(this.client?.post(text, clientId) ?? Promise.reject(new Error('not connected')));
  }
}

/** Whether a promise was kept in time. */
async function within(promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), answerMs);
  });
  const kept = promise.then(
    () => true,
    () => false,
  );
  const outcome = await Promise.race([kept, late]);
  clearTimeout(timer);
  return outcome;
}
