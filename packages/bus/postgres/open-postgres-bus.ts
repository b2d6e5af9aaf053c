import { type Bus, type Random, type Report, systemPorts, type Timers } from '@confab/engine';
import { type BusLimits, busLimits } from '../limits.ts';
import { PostgresBus } from './postgres-bus.ts';

export interface PostgresBusOptions {
  /** `postgres://…`: the database that the nodes share. Not through a pooler that lends connections by transaction. */
  readonly url: string;
  /** This node's name: unlike that of any other. */
  readonly node: string;
  readonly timers?: Timers;
  readonly random?: Random;
  readonly report?: Report;
  readonly limits?: Partial<BusLimits>;
}

/**
 * The bus of a few nodes that have nothing but PostgreSQL. Other nodes are told of an event by its log's head, and of
 * what is not stored only if it fits into a notification. Answers at once, whether PostgreSQL is there or not.
 * @throws an `Error` when the URL is none.
 */
export async function openPostgresBus(options: PostgresBusOptions): Promise<Bus> {
  const { url, node, report = () => {} } = options;
  // What is wrong with it is not told: it may hold a password.
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new Error('The URL of PostgreSQL has to begin with postgres://, followed by a host and a database.');
  }
  const { timers, random } = { ...systemPorts(), ...options };
  return new PostgresBus({ url, node, timers, random, report, limits: { ...busLimits, ...options.limits } });
}
