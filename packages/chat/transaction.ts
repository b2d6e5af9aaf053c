import type { LogId, Message, SessionId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { Effects, Ephemeral, Revocation, StoredEvent } from './effects.ts';
import type { Fact, FactOf } from './facts.ts';
import type { MessageParts } from './message-parts.ts';
import { storeRevocations } from './revocation-store.ts';

export type Consequences = {
  readonly [Kind in Fact['kind']]: readonly ((tx: Transaction, fact: FactOf<Kind>) => Step<void>)[];
};

/** What an operation has besides its parameters: the time, ids, and where it leaves what is to be told. */
export class Transaction {
  /** Unix milliseconds; the same throughout. */
  readonly now: number;
  readonly #ids: readonly string[];
  readonly #consequences: Consequences;
  readonly #messageParts: MessageParts;
  readonly #events: StoredEvent[] = [];
  readonly #ephemerals: Ephemeral[] = [];
  readonly #revocations: Revocation[] = [];
  #idsTaken = 0;
  #firstWake: number | undefined;

  constructor(now: number, ids: readonly string[], consequences: Consequences, messageParts: MessageParts) {
    this.now = now;
    this.#ids = ids;
    this.#consequences = consequences;
    this.#messageParts = messageParts;
  }

  /** The next id of those that the operation declared to need. */
  newId<Id extends string>(): Id {
    const id = this.#ids[this.#idsTaken++];
    if (id === undefined) throw new Error('The operation declares fewer ids than it takes.');
    return id as Id;
  }

  addEvent(event: StoredEvent): void {
    this.#events.push(event);
  }

  addEphemeral(ephemeral: Ephemeral): void {
    this.#ephemerals.push(ephemeral);
  }

  /** Something was scheduled for then (Unix ms). */
  wakeAt(dueAt: number): void {
    this.#firstWake = Math.min(this.#firstWake ?? dueAt, dueAt);
  }

  /** When the first of what was scheduled is due. */
  get firstWake(): number | undefined {
    return this.#firstWake;
  }

  revokeSession(session: SessionId): void {
    this.#revocations.push({ kind: 'session', session });
  }

  /** Many of a user's sessions at once. */
  revokeSessions(user: UserId, sessions: readonly SessionId[]): void {
    if (sessions.length > 0) this.#revocations.push({ kind: 'user', user, sessions });
  }

  /** Takes away the right to listen to a log ([L10]). */
  revokeLog(user: UserId, log: LogId): void {
    this.#revocations.push({ kind: 'log', user, log });
  }

  /** Runs what hangs on a fact, in this transaction, before going on. */
  *happened<Kind extends Fact['kind']>(fact: FactOf<Kind>): Step<void> {
    for (const consequence of this.#consequences[fact.kind as Kind]) yield* consequence(this, fact);
  }

  /** Messages with what other slices have to say of them, as `asker` sees it. */
  *withParts(asker: UserId, messages: readonly Message[]): Step<Message[]> {
    const ids = messages.map(({ id }) => id);
    if (ids.length === 0) return [...messages];
    const whole = new Map(messages.map((message) => [message.id, { ...message }]));
    for (const [name, partsOf] of Object.entries(this.#messageParts)) {
      for (const [id, part] of yield* partsOf(asker, ids)) Object.assign(whole.get(id) ?? {}, { [name]: part });
    }
    return [...whole.values()];
  }

  /** What is to be told. Comes last: stores what nodes have to find that the bus does not reach. */
  *conclude(): Step<Effects> {
    const revocations = yield* storeRevocations(this.#revocations, this.now);
    return { events: this.#events, ephemerals: this.#ephemerals, revocations };
  }
}
