import type { RoomId } from '@confab/protocol';
import { readFinalLog } from '../history/read-final-log.ts';
import type { TimedRecorder } from '../history/timed-recorder.ts';
import { FollowingClient } from '../load/following-client.ts';
import { type Inhabitant, patiently } from '../load/population.ts';
import type { ClusterBed } from './cluster-bed.ts';

export interface TrafficOptions {
  readonly rooms: number;
  /** Messages a second, over all rooms and nodes. */
  readonly perSecond: number;
  /** Not at the nodes themselves, but at what stands before them: so many in each room. */
  readonly through?: { readonly url: string; readonly perRoom: number };
}

/** Clients in each of several rooms, one of each node unless told, who take turns in saying something. */
export class ClusterTraffic {
  readonly rooms: readonly RoomId[];
  readonly clients: readonly FollowingClient[];
  readonly #bed: ClusterBed;
  readonly #recorder: TimedRecorder;
  readonly #perSecond: number;
  #over = false;
  #posting: Promise<void> = Promise.resolve();

  private constructor(
    bed: ClusterBed,
    recorder: TimedRecorder,
    rooms: readonly RoomId[],
    clients: readonly FollowingClient[],
    perSecond: number,
  ) {
    this.#bed = bed;
    this.#recorder = recorder;
    this.rooms = rooms;
    this.clients = clients;
    this.#perSecond = perSecond;
  }

  /** Resolves when all listen and the first has spoken. The bed has at least one member. */
  static async open(bed: ClusterBed, recorder: TimedRecorder, options: TrafficOptions): Promise<ClusterTraffic> {
    const { people, nodes } = bed;
    const [speaker = people.owner] = people.members;
    const rooms = await makeRooms(bed, speaker, options.rooms);
    const { through } = options;
    const places = through
      ? Array.from({ length: through.perRoom }, (_, index) => ({ url: through.url, name: `front-${index}` }))
      : nodes.map(({ url, index }) => ({ url, name: `node-${index}` }));
    const clients = rooms.flatMap((room, index) =>
      places.map(({ url, name }) => {
        return new FollowingClient({ url, token: speaker.token, name: `${name}-room-${index}`, room, recorder });
      }),
    );
    await Promise.all(clients.map((client) => client.start()));
    const traffic = new ClusterTraffic(bed, recorder, rooms, clients, options.perSecond);
    traffic.#posting = traffic.#post();
    return traffic;
  }

  /** Resolves when everything that was said is acknowledged and seen, or was not within `limitMs`. */
  async finish(limitMs = 60_000): Promise<void> {
    this.#over = true;
    await this.#posting;
    const deadlineMs = performance.now() + limitMs;
    const wait = async (until: () => boolean) => {
      while (!until() && performance.now() < deadlineMs) await pause(20);
    };
    await wait(() => this.clients.every(({ waiting }) => waiting === 0));
    const perRoom = this.clients.length / this.rooms.length;
    for (const [index, room] of this.rooms.entries()) {
      const events = await readFinalLog(this.#bed.people.owner.api, room, this.#recorder);
      const head = events.at(-1)?.seq ?? 0;
      const listeners = this.clients.slice(index * perRoom, (index + 1) * perRoom);
      await wait(() => listeners.every(({ last }) => last >= head));
      for (const { name } of listeners) this.#recorder.settled(name, `room:${room}`, head);
    }
    for (const client of this.clients) client.stop();
  }

  /** At a steady rate that waits for nobody: what is slow is not spared. */
  async #post(): Promise<void> {
    const startedMs = performance.now();
    for (let count = 0; !this.#over; ) {
      const due = ((performance.now() - startedMs) / 1_000) * this.#perSecond;
      for (; count < due; count += 1) {
        this.clients[Math.floor(Math.random() * this.clients.length)]?.post('Across the nodes.');
      }
      await pause(5);
    }
  }
}

/** The owner makes them, and someone else speaks in all of them. */
async function makeRooms({ people }: ClusterBed, speaker: Inhabitant, count: number): Promise<RoomId[]> {
  const rooms: RoomId[] = [];
  for (let index = 0; index < count; index += 1) {
    const made = { space: people.space, name: `across-${index}`, visibility: 'public' } as const;
    const { room } = await patiently(() => people.owner.api.call('room.create', made));
    await patiently(() => speaker.api.call('room.join', { room: room.info.id }));
    rooms.push(room.info.id);
  }
  return rooms;
}

/** The node that a client of `ClusterTraffic` is at; −1: any. */
export const nodeOfClient = (name: string): number => Number(/^node-(\d+)-/.exec(name)?.[1] ?? -1);

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
