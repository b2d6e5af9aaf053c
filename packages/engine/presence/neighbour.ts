import type { UserId } from '@confab/protocol';
import type { PeopleOnNode, PersonOnNode } from '../bus.ts';

/** Everyone on a node, as far as its parts have arrived. */
interface Gathering {
  readonly told: number;
  readonly parts: (readonly PersonOnNode[] | undefined)[];
  missing: number;
}

/**
 * What is known of one other node. Its changes are numbered, so that one which the bus dropped, doubled or brought
 * out of order is noticed: they are taken in their order, and when one stays away everything is asked for anew.
 */
export class Neighbour {
  readonly name: string;
  /** Monotonic milliseconds of the last sign of life. */
  lastHeardMs: number;
  /** When it was asked for everything (monotonic ms), for as long as that did not arrive. */
  askedMs: number | null = null;
  readonly people = new Set<UserId>();
  private readonly maxAhead: number;
  /** The change up to which everything is known; -1 when nothing is. */
  private upTo = -1;
  /** Changes that arrived before those they follow. */
  private ahead = new Map<number, readonly PersonOnNode[]>();
  private highest = -1;
  private gathering: Gathering | null = null;

  constructor(name: string, nowMs: number, maxAhead: number) {
    this.name = name;
    this.lastHeardMs = nowMs;
    this.maxAhead = maxAhead;
  }

  /** Whether something is missing that it told. */
  get isBehind(): boolean {
    return this.upTo < this.highest || this.upTo < 0;
  }

  /** It said that it has told so many changes. */
  heardOf(told: number): void {
    if (told > this.highest) this.highest = told;
  }

  /** It has just started: nobody was with it before its first change. */
  startsEmpty(): void {
    this.upTo = Math.max(this.upTo, 0);
  }

  /** Answers with what changed by this message, in order. */
  take(message: PeopleOnNode): PersonOnNode[] {
    this.heardOf(message.told);
    if (message.whole !== undefined) return this.takePart(message, message.whole);
    if (message.told <= this.upTo) return [];
    // Beyond the bound it comes with the answer to the next question.
    if (this.ahead.size < this.maxAhead) this.ahead.set(message.told, message.people);
    return this.takeAhead();
  }

  /** Everyone who is with it, as having left now. */
  leave(lastSeenAt: number): PersonOnNode[] {
    const left = [...this.people].map((user): PersonOnNode => ({ user, state: 'offline', lastSeenAt }));
    this.people.clear();
    return left;
  }

  private takePart({ told, people }: PeopleOnNode, { part, of }: { part: number; of: number }): PersonOnNode[] {
    if (told < this.upTo || (told === this.upTo && !this.isBehind)) return [];
    if (this.gathering === null || this.gathering.told < told) {
      this.gathering = { told, parts: new Array(of).fill(undefined), missing: of };
    }
    const { gathering } = this;
    if (gathering.told > told || part >= of || gathering.parts[part] !== undefined) return [];
    gathering.parts[part] = people;
    gathering.missing -= 1;
    return gathering.missing > 0 ? [] : this.replaceBy(gathering);
  }

  private replaceBy({ told, parts }: Gathering): PersonOnNode[] {
    const here = parts.flatMap((people) => people ?? []);
    const users = new Set(here.map(({ user }) => user));
    const gone = [...this.people].filter((user) => !users.has(user));
    const changes = [...gone.map((user): PersonOnNode => ({ user, state: 'offline', lastSeenAt: null })), ...here];
    this.gathering = null;
    this.askedMs = null;
    this.upTo = told;
    this.note(changes);
    return [...changes, ...this.takeAhead()];
  }

  private takeAhead(): PersonOnNode[] {
    const changes: PersonOnNode[] = [];
    for (const told of this.ahead.keys()) if (told <= this.upTo) this.ahead.delete(told);
    for (let next = this.ahead.get(this.upTo + 1); next !== undefined; next = this.ahead.get(this.upTo + 1)) {
      this.upTo += 1;
      this.ahead.delete(this.upTo);
      this.note(next);
      changes.push(...next);
    }
    return changes;
  }

  private note(changes: readonly PersonOnNode[]): void {
    for (const { user, state } of changes) {
      if (state === 'offline') this.people.delete(user);
      else this.people.add(user);
    }
  }
}
