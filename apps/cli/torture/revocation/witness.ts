import type { ClusterBed } from '../../cluster/cluster-bed.ts';
import type { ClusterNode } from '../../cluster/cluster-node.ts';
import type { DoorClient, DoorKind } from '../../doors/door-client.ts';
import { doors } from '../../doors/doors.ts';

/** A client of one door at one node, whose person is about to lose the right to hear. */
export class Witness {
  readonly name: string;
  readonly #client: DoorClient;

  private constructor(door: DoorKind, node: ClusterNode, client: DoorClient) {
    this.name = `${door.name} at node ${node.index + 1}`;
    this.#client = client;
  }

  /** One of every door at every node. */
  static async all({ nodes }: ClusterBed, token: string, room: string): Promise<Witness[]> {
    const opening = nodes.flatMap((node) =>
      doors.map(async (door) => {
        const client = await door.connect({ url: node.url, mqttPort: node.mqttPort, token, room });
        return new Witness(door, node, client);
      }),
    );
    return Promise.all(opening);
  }

  /** How many messages it has seen so far. */
  get seen(): number {
    return this.#client.seen.length;
  }

  /** The last one's number among those of this run; 0 where it saw none. */
  get last(): number {
    return Number(this.#client.seen.at(-1)?.text ?? 0);
  }

  async close(): Promise<void> {
    // It has been thrown out: some of them find that a reason to complain.
    await this.#client.close().catch(() => {});
  }
}
