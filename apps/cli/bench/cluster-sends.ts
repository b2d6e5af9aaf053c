import type { ClientId, RoomId } from '@confab/protocol';
import { LoadConnection } from '../load/load-connection.ts';
import { patiently } from '../load/population.ts';
import type { ClusterSubject } from './cluster-subject.ts';
import { type ProcessorShares, shareSince } from './processor-shares.ts';
import { closedLoop, usualText } from './sends.ts';

/** What sends cost: microseconds of processor time for each. */
export interface SendCost {
  readonly perSecond: number;
  readonly us: ProcessorShares;
  /** Sends that the server refused for the moment; they were repeated until they were stored. */
  readonly refused: number;
}

const connectionCount = 16;
const warmSeconds = 0.5;
/** Client ids of a run and of another do not meet, nor those of warming up. */
const idsApart = 10_000_000;

/** Rooms in which all members are, so that each may speak in each. */
export async function makeRooms({ people }: ClusterSubject, count: number): Promise<RoomId[]> {
  const one = async (index: number): Promise<RoomId> => {
    const made = { space: people.space, name: `room-${index}`, visibility: 'public' } as const;
    const { room } = await patiently(() => people.owner.api.call('room.create', made));
    const { id } = room.info;
    for (const { api } of people.members) await patiently(() => api.call('room.join', { room: id }));
    return id;
  };
  return Promise.all(Array.from({ length: count }, (_, index) => one(index)));
}

/** Keeps `open` sends unanswered for `seconds`, over connections that are spread over the nodes, room by room. */
export async function costOfSends(
  subject: ClusterSubject,
  rooms: readonly RoomId[],
  { open, seconds }: { open: number; seconds: number },
): Promise<SendCost> {
  const { urls, people } = subject;
  const senders = await Promise.all(
    Array.from({ length: connectionCount }, (_, index) =>
      LoadConnection.open(urls[index % urls.length] ?? '', people.members[index % people.members.length]?.token ?? ''),
    ),
  );
  let refused = 0;
  const send = async (index: number) => {
    const sender = senders[index % connectionCount] as LoadConnection;
    const room = rooms[Math.floor(index / connectionCount) % rooms.length] ?? people.room;
    const message = { room, clientId: `${rooms.length}-${index}` as ClientId, text: usualText };
    let attempts = 0;
    await patiently(() => {
      attempts += 1;
      return sender.call('message.post', message);
    });
    refused += attempts - 1;
  };
  await closedLoop(send, open, warmSeconds);
  const before = await subject.processorTime();
  const startedMs = performance.now();
  const perSecond = await closedLoop(send, open, seconds, idsApart);
  const sent = (perSecond * (performance.now() - startedMs)) / 1_000;
  const spent = shareSince(before, await subject.processorTime());
  for (const sender of senders) sender.destroy();
  return { perSecond, us: perUnit(spent, sent), refused };
}

/** Milliseconds of all, as microseconds of each. */
export function perUnit({ nodes, postgres, redis, generator }: ProcessorShares, units: number): ProcessorShares {
  const each = (ms: number) => (ms * 1_000) / units;
  return { nodes: each(nodes), postgres: each(postgres), redis: each(redis), generator: each(generator) };
}
