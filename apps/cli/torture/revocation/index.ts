import type { ClientId, RoomId } from '@confab/protocol';
import { ClusterBed } from '../../cluster/cluster-bed.ts';
import { doors } from '../../doors/doors.ts';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import type { Inhabitant } from '../../load/population.ts';
import { type Revocation, revocations } from './revocations.ts';
import { cutRole } from './space-listeners.ts';
import { Witness } from './witness.ts';

export interface RevocationOptions {
  nodes: number;
  /** 0: only with Redis; 1: a second time while it is down. */
  down: number;
  /** So many of the ways to lose a right. */
  ways: number;
}

const withRedisMs = 1_000;
const withoutRedisMs = 5_000;
const betweenPostsMs = 50;

/** Bar 23: somebody loses a right, and every door on every node stops telling them at once. */
export function run({ nodes, down, ways }: RevocationOptions): Promise<Figure[]> {
  const chosen = revocations.slice(0, ways);
  const members = (chosen.length + 1) * (1 + down);
  return ClusterBed.with({ nodes, members, roomy: true }, async (bed) => {
    const people = [...bed.people.members];
    const figures: Figure[] = [told('nodes', nodes), told('doors on each', doors.length)];
    figures.push(...(await loseAll(bed, people, chosen, withRedisMs, 'with Redis')));
    if (down === 0) return figures;
    await bed.redis?.stop();
    figures.push(...(await loseAll(bed, people, chosen, withoutRedisMs, 'without Redis')));
    return figures;
  });
}

async function loseAll(
  bed: ClusterBed,
  people: Inhabitant[],
  chosen: readonly Revocation[],
  withinMs: number,
  how: string,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const revocation of chosen) figures.push(...(await lose(bed, nextOf(people), revocation, withinMs, how)));
  const { closedMs, after } = await cutRole(bed, nextOf(people));
  figures.push(
    atMost(`${how}, made a guest: the space was closed to them after`, closedMs, withinMs, 'ms'),
    atMost('  told of it afterwards', after, 0),
  );
  return figures;
}

function nextOf(people: Inhabitant[]): Inhabitant {
  const next = people.shift();
  if (!next) throw new Error('There are not enough people to take rights from.');
  return next;
}

async function lose(
  bed: ClusterBed,
  victim: Inhabitant,
  revocation: Revocation,
  withinMs: number,
  how: string,
): Promise<Figure[]> {
  const room = await privateRoom(bed, victim);
  const witnesses = await Witness.all(bed, victim.token, room);
  const talk = new Talk(bed, room);
  const first = talk.posted;
  // Who heard nothing before could not have heard anything after either.
  await until(30_000, () => witnesses.every(({ last }) => last > first));
  const deaf = witnesses.filter(({ last }) => last <= first);
  await revocation.happen(bed, victim, room);
  const atMs = performance.now();
  await pause(withinMs);
  const heard = witnesses.map(({ seen }) => seen);
  await pause(withinMs + 2_000);
  await talk.stop();
  const stillTold = witnesses.filter((witness, index) => witness.seen > (heard[index] ?? 0));
  const cutMs = witnesses.map(({ last }) => Math.max(0, talk.atMs(last) - atMs));
  for (const witness of witnesses) await witness.close();
  return [
    atLeast(`${how}, ${revocation.name}: clients that heard before`, witnesses.length - deaf.length, witnesses.length),
    ...deaf.slice(0, 5).map(({ name }) => told('  heard nothing', name)),
    atMost('  the last message heard was posted after', Math.max(...cutMs), withinMs, 'ms'),
    atMost('  clients told of something after that', stillTold.length, 0),
    ...stillTold.slice(0, 5).map(({ name }) => told('  still told', name)),
  ];
}

/** A public one could be seen by the whole space, members of the room or not. */
async function privateRoom({ people }: ClusterBed, guest: Inhabitant): Promise<RoomId> {
  const { api } = people.owner;
  const { room } = await api.call('room.create', {
    space: people.space,
    name: `closed-${guest.handle}`,
    visibility: 'private',
  });
  await api.call('room.invite', { room: room.info.id, user: guest.user });
  return room.info.id;
}

/** The owner counts aloud. */
class Talk {
  readonly #bed: ClusterBed;
  readonly #room: RoomId;
  readonly #postedMs = new Map<number, number>();
  readonly #talking: Promise<void>;
  #over = false;
  /** Goes on where the talk before it ended: what was said before is not taken for new. */
  #number: number;

  constructor(bed: ClusterBed, room: RoomId) {
    this.#bed = bed;
    this.#room = room;
    this.#number = Math.floor(performance.now());
    this.#talking = this.#talk();
  }

  get posted(): number {
    return this.#number;
  }

  /** When a number was posted. */
  atMs(number: number): number {
    return this.#postedMs.get(number) ?? 0;
  }

  stop(): Promise<void> {
    this.#over = true;
    return this.#talking;
  }

  async #talk(): Promise<void> {
    while (!this.#over) {
      const number = ++this.#number;
      this.#postedMs.set(number, performance.now());
      const message = { room: this.#room, clientId: `number-${number}` as ClientId, text: `${number}` };
      await this.#bed.people.owner.api.call('message.post', message);
      await pause(betweenPostsMs);
    }
  }
}

async function until(limitMs: number, holds: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!holds() && performance.now() < deadlineMs) await pause(20);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
