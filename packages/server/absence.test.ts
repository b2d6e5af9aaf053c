import type { TestPerson } from '@confab/chat/testing';
import { engineLimits } from '@confab/engine';
import type { ClientId, MessageId, RoomId } from '@confab/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { HandMovedNode } from './testing/hand-moved-node.ts';
import { type Leaving, Traveller } from './testing/traveller.ts';

const second = 1_000;
const day = 86_400_000;
const sessionLifetimeMs = 30 * day;
/** A session's use is noted, and its end put off, at most this often. */
const sessionUseMs = 3_600_000;

const lengths = { '1 s': second, '90 s': 90 * second, '1 h': 3_600 * second, '30 days': 30 * day } as const;
const counts = [1, 41, 129] as const;
/** Who else is in the room: what they hear is kept in memory, and so may what the absent one missed. */
const companies = ['nobody', 'someone all along', 'someone who comes when half has happened'] as const;
type Company = (typeof companies)[number];

interface Case {
  length: keyof typeof lengths;
  count: number;
  leaving: Leaving;
  company: Company;
}

const cases: Case[] = (['closes', 'falls silent'] as const).flatMap((leaving) =>
  companies.flatMap((company) =>
    (Object.keys(lengths) as Case['length'][])
      // Ten million turns of the timer wheel, which turns while someone is there.
      .filter((length) => company !== 'someone all along' || length !== '30 days')
      .flatMap((length) => counts.map((count) => ({ length, count, leaving, company }))),
  ),
);

/** Long enough that 129 events are more than one answer holds. */
const text = (index: number) => `Event ${index}. ${'And so on. '.repeat(280)}`;

/** What happens in a room: of ten events seven posts, two edits and a delete; the first is a delete. */
class Happenings {
  readonly #node: HandMovedNode;
  readonly #author: TestPerson;
  readonly #room: RoomId;
  readonly #messages: MessageId[] = [];
  #count = 0;

  constructor(node: HandMovedNode, author: TestPerson, room: RoomId) {
    this.#node = node;
    this.#author = author;
    this.#room = room;
  }

  async post(): Promise<void> {
    const { domain } = this.#node;
    // A session of today: the author's first one may have expired.
    const author = await domain.addSession(this.#author);
    this.#count += 1;
    const clientId = `event-${this.#count}` as ClientId;
    const params = { room: this.#room, clientId, text: text(this.#count) };
    this.#messages.push((await domain.do(author, 'message.post', params)).id);
  }

  async next(index: number): Promise<void> {
    const { domain } = this.#node;
    const kind = index % 10;
    const message = kind === 0 || kind === 4 || kind === 7 ? this.#messages.shift() : undefined;
    if (message === undefined) return this.post();
    const author = await domain.addSession(this.#author);
    if (kind === 0) await domain.do(author, 'message.delete', { message });
    else {
      await domain.do(author, 'message.edit', { message, text: text(index) });
      this.#messages.push(message);
    }
  }
}

let node: HandMovedNode;
afterEach(() => node.close());

async function openRoom() {
  node = await HandMovedNode.open();
  const { owner, space } = await node.domain.found();
  const { room } = await node.domain.do(owner, 'room.create', { space, name: 'away', visibility: 'public' });
  const join = async (handle: string): Promise<Traveller> => {
    const person = await node.domain.addPerson(handle, { space, role: 'member' });
    await node.domain.do(person, 'room.join', { room: room.info.id });
    return new Traveller(node, person, `room:${room.info.id}`);
  };
  return { room: room.info.id, happenings: new Happenings(node, owner, room.info.id), join };
}

/** Lets `count` events happen, evenly over `ms`. */
async function happen(happenings: Happenings, first: number, count: number, ms: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await node.time.advance(ms / (count + 1));
    await happenings.next(first + index);
  }
  await node.time.advance(ms / (count + 1));
}

describe('[L4] [L7] someone who was away sees everything that happened, in order', () => {
  it.each(cases)('after $length with $count events, whose device $leaving, with $company there', async (situation) => {
    const { count, leaving, company } = situation;
    const awayMs = lengths[situation.length];
    const { room, happenings, join } = await openRoom();
    const [away, other] = [await join('away'), await join('other')];
    await away.comeBack();
    if (company === 'someone all along') await other.comeBack();
    for (let index = 0; index < 10; index += 1) await happenings.post();
    await node.time.settle();
    const before = await sessionOf(away);
    away.leave(leaving);
    const left = away.seen.length;

    const half = Math.floor(count / 2);
    const secondHalfMs = Math.min(awayMs / 2, lengths['1 h']);
    await happen(happenings, 0, half, awayMs - secondHalfMs);
    if (company === 'someone who comes when half has happened') await other.comeBack();
    await happen(happenings, half, count - half, secondHalfMs);
    other.hear();

    const goneMs = awayMs - (leaving === 'closes' ? 0 : engineLimits.heartbeatTimeoutMs);
    const [presence] = node.engine.presence.statesOf([away.person.user]);
    expect(presence?.state).toBe(goneMs > engineLimits.offlineAfterMs ? 'offline' : 'online');
    const forgotten = company === 'nobody' && goneMs > engineLimits.logLingerMs;
    expect(node.engine.stats().listenedLogs).toBe(forgotten ? 0 : 1);

    await away.comeBack();
    const log = await node.domain.events(`room:${room}`);
    expect(away.seen.slice(left)).toEqual(log.slice(-count));
    expect(log.slice(-count).some(({ event }) => event === 'message.deleted')).toBe(true);
    const after = await sessionOf(away);
    expect(after.id === before.id).toBe(awayMs < sessionLifetimeMs);
    expect(after.expiresAt > before.expiresAt).toBe(awayMs >= sessionUseMs);

    await happenings.post();
    node.time.tick();
    away.hear();
    expect(away.seen.length).toBe(left + count + 1);
    expect(node.engine.presence.statesOf([away.person.user])).toMatchObject([{ state: 'online' }]);
  });
});

async function sessionOf({ person }: Traveller) {
  const { sessions } = await node.domain.do(person, 'session.list', {});
  const current = sessions.find((session) => session.current);
  if (!current) throw new Error('There is no current session.');
  return current;
}
