import type { Draft, Home, MessageId, RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { isEmptyDraft, saysTheSame } from '@confab/protocol/same-draft.ts';
import type { Store } from '../api.ts';
import type { Asker } from '../asker.ts';
import { times } from '../bounds.ts';
import { wireOf } from '../confab-error.ts';
import type { DraftsApi } from '../kept-api.ts';
import type { ClientPorts } from '../ports.ts';
import { Cell, Cells } from '../store.ts';

type Key = `${RoomId} ${MessageId | ''}`;

const keyOf = (room: RoomId, thread: MessageId | null | undefined): Key => `${room} ${thread ?? ''}`;

/**
 * What one has begun to write. The later text holds, whichever device it is from. The server is told a moment after
 * one typed; what it could not be told waits for the next connection.
 */
export class Drafts implements DraftsApi {
  readonly rooms = new Cell<ReadonlySet<RoomId>>(new Set());
  readonly #asker: Asker;
  readonly #ports: ClientPorts;
  readonly #known = new Map<Key, Draft>();
  readonly #cells = new Cells<Key, Draft | undefined>((key) => this.#known.get(key));
  /** Those that the server is not known to have. */
  readonly #untold = new Map<Key, Draft>();
  #cancel: (() => void) | null = null;
  #missed = false;
  #generation = 0;

  constructor(ports: ClientPorts, asker: Asker) {
    this.#ports = ports;
    this.#asker = asker;
  }

  of(room: RoomId, thread: MessageId | null): Store<Draft | undefined> {
    return this.#cells.cell(keyOf(room, thread));
  }

  save(room: RoomId, thread: MessageId | null, text: string, more: { quote?: MessageId; at?: number } = {}): void {
    const { quote, at } = more;
    const said = { text, ...(quote === undefined ? {} : { quote }) };
    const key = keyOf(room, thread);
    const before = this.#known.get(key);
    if (at !== undefined && before !== undefined && at <= before.at) return;
    if ((before && saysTheSame(before, said)) || text.length > limits.draftChars) return;
    // A device whose clock is behind writes later than what it has seen all the same.
    const when = at ?? Math.max(this.#ports.clock.now(), (before?.at ?? 0) + 1);
    const draft: Draft = { room, ...(thread === null ? {} : { thread }), ...said, at: when };
    this.#put(key, draft);
    this.#untold.set(key, draft);
    // What was sent must not be seen as begun elsewhere any longer than need be.
    if (isEmptyDraft(said)) void this.flush();
    else this.#cancel ??= this.#ports.after(times.draftEveryMs, () => void this.flush());
  }

  /** Another device changed one. */
  heard(draft: Draft): void {
    const key = keyOf(draft.room, draft.thread);
    if ((this.#known.get(key)?.at ?? -1) >= draft.at) return;
    this.#untold.delete(key);
    this.#put(key, draft);
  }

  /** All that the server has: what it has no more was sent, or given up. */
  entered({ drafts }: Pick<Home, 'drafts'>): void {
    const kept = new Set(drafts.map(({ room, thread }) => keyOf(room, thread)));
    for (const [key, draft] of [...this.#known]) {
      if (kept.has(key) || this.#untold.has(key) || isEmptyDraft(draft)) continue;
      const { quote: _, ...rest } = draft;
      this.#put(key, { ...rest, text: '' });
    }
    for (const draft of drafts) this.heard(draft);
  }

  /** The connection is gone: what other devices change meanwhile is not heard. */
  lost(): void {
    this.#missed = true;
  }

  /** The connection is there: what was missed is asked for, what waits is told. */
  welcomed(): void {
    if (!this.#missed) {
      void this.flush();
      return;
    }
    this.#missed = false;
    const generation = this.#generation;
    this.#asker.call('draft.list', {}).then(
      (answer) => {
        if (generation !== this.#generation) return;
        this.entered(answer);
        void this.flush();
      },
      () => {
        this.#missed = true;
      },
    );
  }

  /** Tells the server what it does not know, now. */
  async flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    const generation = this.#generation;
    await Promise.all([...this.#untold].map(([key, draft]) => this.#tell(key, draft, generation)));
  }

  left(): void {
    this.#generation += 1;
    this.stop();
    this.#untold.clear();
    this.#known.clear();
    for (const key of this.#cells.keys()) this.#cells.set(key, undefined);
    this.#show();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  async #tell(key: Key, draft: Draft, generation: number): Promise<void> {
    try {
      const answer = await this.#asker.call('draft.save', draft);
      if (generation !== this.#generation) return;
      if (this.#untold.get(key) === draft) {
        this.#untold.delete(key);
        // Something later, from another device; or this one as the server dates it.
        if (!saysTheSame(answer.draft, draft)) this.#put(key, answer.draft);
        else this.#known.set(key, answer.draft);
      }
    } catch (error) {
      if (wireOf(error)?.retry === 'never' && this.#untold.get(key) === draft) this.#untold.delete(key);
    }
  }

  #put(key: Key, draft: Draft): void {
    this.#known.set(key, draft);
    this.#cells.set(key, draft);
    this.#show();
  }

  #show(): void {
    const begun = [...this.#known.values()].filter(({ text }) => text.trim() !== '');
    const rooms = new Set(begun.map(({ room }) => room));
    const before = this.rooms.get();
    if (rooms.size !== before.size || [...rooms].some((room) => !before.has(room))) this.rooms.set(rooms);
  }
}
