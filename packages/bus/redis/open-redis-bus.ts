import { type Bus, type Random, type Report, systemPorts, type Timers } from '@confab/engine';
import { type BusLimits, busLimits } from '../limits.ts';
import { RedisBus } from './redis-bus.ts';

export interface RedisBusOptions {
  /** `redis://` or `rediss://`, with a name and password where they are wanted; of a cluster that of any node. */
  readonly url: string;
  /** Nodes of the same instance hear each other, others do not. */
  readonly instance: string;
  /** This node's name: unlike that of any other. */
  readonly node: string;
  readonly timers?: Timers;
  readonly random?: Random;
  readonly report?: Report;
  readonly limits?: Partial<BusLimits>;
}

/**
 * The bus of many nodes: Redis 7 or Valkey, alone or as a cluster. Answers at once, whether Redis is there or not:
 * while it is not, messages are dropped.
 * @throws an `Error` when the URL is none.
 */
export async function openRedisBus(options: RedisBusOptions): Promise<Bus> {
  const { url, instance, node, report = () => {} } = options;
  // What is wrong with it is not told: it may hold a password.
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    throw new Error('The URL of Redis has to begin with redis:// or rediss://, followed by a host.');
  }
  const { timers, random } = { ...systemPorts(), ...options };
  return new RedisBus({ url, instance, node, timers, random, report, limits: { ...busLimits, ...options.limits } });
}
