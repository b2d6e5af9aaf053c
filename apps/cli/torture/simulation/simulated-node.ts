import { type Chat, createChat } from '@confab/chat';
import { createEngine, type Domain, type Engine } from '@confab/engine';
import type { NetworkBus } from '@confab/engine/testing';
import type { WireError } from '@confab/protocol';
import { Dice } from './dice.ts';
import { FaultyDatabase } from './faulty-database.ts';
import type { Plant } from './plants.ts';
import { simulatedLimits } from './simulated-limits.ts';
import type { World } from './world.ts';

/** One process of the cluster: the real domain and the real engine, on simulated surroundings. */
export class SimulatedNode {
  readonly name: string;
  alive = true;
  readonly engine: Engine;
  readonly chat: Chat;
  readonly bus: NetworkBus;
  /** Its clock is that far from the others'. */
  readonly #skewMs: number;

  constructor(name: string, world: World, plant: Plant) {
    const { time, dice } = world;
    this.name = name;
    const own = new Dice(dice.below(2 ** 32));
    this.#skewMs = own.pick([0, 0, -3_600_000, 86_400_000]) ?? 0;
    const now = () => Math.floor(time.startedMs + time.monotonicMs + this.#skewMs);
    const ports = {
      clock: { now, monotonic: () => time.monotonicMs },
      random: { bytes: own.bytes, fraction: own.fraction },
      report: (level: string, what: string) => world.trace.note(`${name} ${level} ${what}`),
    };
    this.bus = world.network.join(name);
    this.chat = createChat({
      ...ports,
      database: new FaultyDatabase(world.watchedDatabase, this, world.weather, time, own.for('database')),
      publish: (effects) => this.engine.publish(effects),
      presence: {
        statesOf: (users) => this.engine.presence.statesOf(users),
        online: (most) => this.engine.presence.online(most),
      },
      instance: { name: 'Simulation', version: '0', signUp: 'invite', fileBytes: 0 },
    });
    const domain: Domain = plant(this.chat);
    const timers = time.timersOf(this);
    this.engine = createEngine({ ...ports, node: name, domain, bus: this.bus, timers, limits: simulatedLimits });
    this.engine.presence.onOffline((user, at) => this.chat.recordLastSeen(user, at));
  }

  /** A command over HTTP, as the server takes it. */
  async ask(
    token: string | null,
    command: string,
    params: unknown,
  ): Promise<{ result: unknown } | { error: WireError }> {
    const asker = token === null ? undefined : await this.chat.authenticate(token, command);
    const actor = asker !== undefined && 'actor' in asker ? asker.actor : null;
    if (command === 'log.read' && actor !== null) {
      const read = await this.engine.readLog(actor, params);
      return 'json' in read ? { result: JSON.parse(read.json) } : read;
    }
    const origin = { agent: 'simulation', address: '192.0.2.1' };
    const outcome = await this.chat.execute(actor, command, params, undefined, origin);
    const unknown = 'error' in outcome && outcome.error.code === 'unauthenticated';
    return unknown && asker !== undefined && 'error' in asker ? { error: asker.error } : outcome;
  }

  /** Ends without a word. What it handed to the database may still be stored. */
  crash(): void {
    this.alive = false;
    void this.bus.close();
  }

  async drain(): Promise<void> {
    await this.engine.drain();
    this.crash();
  }
}
