import { createTestChat, type TestChat, type TestPerson } from '@confab/chat/testing';
import { TestNetwork } from '@confab/engine/testing';
import type { RoomId, SpaceId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import { Recorder } from '../../history/recorder.ts';
import { Dice } from './dice.ts';
import type { DatabaseWeather } from './faulty-database.ts';
import type { Plant } from './plants.ts';
import { Rights } from './rights.ts';
import type { SimulatedDevice } from './simulated-device.ts';
import { SimulatedNode } from './simulated-node.ts';
import { SimulatedTime } from './simulated-time.ts';
import type { StubbornListener } from './stubborn-listener.ts';
import { Trace } from './trace.ts';

/** How the network behaves now; the run changes it. Shares of the messages between nodes. */
export interface NetworkWeather {
  dropped: number;
  doubled: number;
  /** Milliseconds that a message between nodes takes at most; those that take longer are overtaken. */
  slowestMs: number;
  /** The same between a device and its node, where nothing overtakes anything. */
  deviceSlowestMs: number;
}

/** Everything that one simulation consists of. */
export class World {
  readonly time = new SimulatedTime();
  readonly trace: Trace;
  readonly dice: Dice;
  readonly network = new TestNetwork();
  readonly between: NetworkWeather = { dropped: 0, doubled: 0, slowestMs: 5, deviceSlowestMs: 5 };
  readonly weather: DatabaseWeather = { refusedUntilMs: 0, unknownOutcomes: 0, slowestMs: 3 };
  readonly recorder = new Recorder();
  /** What went wrong besides what the history shows. */
  readonly wrongs: string[] = [];
  /** The longest that something was heard after the right to it was stored as lost, in simulated milliseconds. */
  latestMs = 0;
  readonly nodes: SimulatedNode[] = [];
  readonly devices: SimulatedDevice[] = [];
  readonly listeners: StubbornListener[] = [];
  readonly rights: Rights;
  readonly people: TestPerson[] = [];
  readonly rooms: RoomId[] = [];
  readonly #chat: TestChat;
  readonly #plant: Plant;
  /** The database, as all nodes use it. */
  readonly watchedDatabase: Database;
  #owner: TestPerson | null = null;
  #space: SpaceId | null = null;

  private constructor(seed: number, chat: TestChat, plant: Plant, keepsTrace: boolean) {
    this.dice = new Dice(seed);
    this.trace = new Trace(this.time, keepsTrace);
    this.#chat = chat;
    this.#plant = plant;
    this.rights = new Rights(this.time, (actor, logs) => chat.chat.mayListen(actor, logs));
    this.watchedDatabase = this.rights.watching(chat.database);
    const dice = this.dice.for('network');
    this.network.carry = ({ from, to, message, deliver }) => {
      const { dropped, doubled, slowestMs } = this.between;
      this.trace.note(`${from} > ${to} ${JSON.stringify(message)}`);
      if (dice.chance(dropped)) return;
      for (let copies = dice.chance(doubled) ? 2 : 1; copies > 0; copies -= 1) {
        this.time.after(dice.between(0.1, slowestMs), deliver);
      }
    };
    this.network.settleFollowing = (done) => void this.time.after(dice.between(0.1, slowestFollowMs), done);
  }

  static async open(seed: number, plant: Plant, keepsTrace: boolean): Promise<World> {
    const chat = await createTestChat({ seed });
    return new World(seed, chat, plant, keepsTrace);
  }

  get space(): SpaceId {
    if (this.#space === null) throw new Error('The world is not populated yet.');
    return this.#space;
  }

  get owner(): TestPerson {
    if (this.#owner === null) throw new Error('The world is not populated yet.');
    return this.#owner;
  }

  get aliveNodes(): SimulatedNode[] {
    return this.nodes.filter(({ alive }) => alive);
  }

  /** People and rooms, before anything goes wrong. Everyone is in the first room; the others are private. */
  async populate(people: number, rooms: number): Promise<void> {
    const { owner, space, general } = await this.#chat.found();
    this.#owner = owner;
    this.#space = space;
    this.rooms.push(general);
    for (let index = 0; index < people; index += 1) {
      this.people.push(await this.#chat.addPerson(`person${index}`, { space, role: 'member' }));
    }
    for (let index = 1; index < rooms; index += 1) {
      const created = await this.#chat.do(owner, 'room.create', { space, name: `r${index}`, visibility: 'private' });
      this.rooms.push(created.room.info.id);
    }
    for (const room of this.rooms) {
      for (const { user } of this.people) await this.#chat.do(owner, 'room.invite', { room, user });
    }
  }

  /** Someone more, who is in every room. */
  async addPerson(handle: string): Promise<TestPerson> {
    const person = await this.#chat.addPerson(handle, { space: this.space, role: 'member' });
    for (const room of this.rooms) await this.#chat.do(this.owner, 'room.invite', { room, user: person.user });
    return person;
  }

  /** Tries something over any node until it answers, at most twenty times. */
  async untilDone<T>(dice: Dice, work: (node: SimulatedNode) => Promise<T | undefined>): Promise<T | undefined> {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const node = dice.pick(this.aliveNodes);
      const answer = await Promise.race([
        node === undefined ? undefined : work(node).catch(() => undefined),
        new Promise<undefined>((resolve) => void this.time.after(1_000, () => resolve(undefined))),
      ]);
      if (answer !== undefined) return answer;
      await new Promise<void>((resolve) => void this.time.after(200, resolve));
    }
    return undefined;
  }

  /** Another session of someone. */
  addSession(person: TestPerson): Promise<TestPerson> {
    return this.#chat.addSession(person);
  }

  /** What the database says, whatever the weather. */
  get truth(): TestChat {
    return this.#chat;
  }

  startNode(): SimulatedNode {
    const node = new SimulatedNode(`node${this.nodes.length + 1}`, this, this.#plant);
    this.nodes.push(node);
    this.trace.note(`${node.name} starts`);
    return node;
  }

  wrong(what: string): void {
    this.trace.note(`wrong: ${what}`);
    this.wrongs.push(what);
  }

  close(): Promise<void> {
    return this.#chat.close();
  }
}

/** Following takes effect that late at most, in milliseconds. */
const slowestFollowMs = 300;
