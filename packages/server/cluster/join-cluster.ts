import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Chat } from '@confab/chat';
import type { Bus, Clock, Report, Timers } from '@confab/engine';
import type { Door } from '@confab/transports/door';
import { Forwarding } from './forwarding.ts';
import type { Handover } from './handover.ts';
import { InternalListener } from './internal-listener.ts';
import { type ClusterLimits, clusterLimits } from './limits.ts';
import { NodeRegistry } from './node-registry.ts';
import { OutgoingRequests } from './outgoing-requests.ts';
import { SignedRequests } from './signed-requests.ts';
import { StoredElsewhere } from './stored-elsewhere.ts';

export interface ClusterParts {
  /** This node's name, and the address at which the others reach it. */
  readonly node: string;
  readonly host: string;
  readonly nodes: Chat['nodes'];
  readonly doors: readonly Door[];
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whose requests are that other nodes have passed on, for `addressOf` of the doors. */
  readonly passedOn: WeakMap<IncomingMessage, string>;
  readonly bus: Pick<Bus, 'subscribe'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly report: Report;
  readonly limits?: Partial<ClusterLimits>;
}

/** Living nodes, this one among them; what this one passes on now, and what it has passed on so far. */
export interface ClusterStats {
  readonly nodes: number;
  readonly forwarding: number;
  readonly forwarded: number;
}

/** This node among the others. */
export interface Cluster {
  readonly handover: Handover;
  readonly stats: () => ClusterStats;
  readonly reachesDatabase: boolean;
  /** Others reach it while this one does not. */
  readonly othersReachDatabase: boolean;
  /** Passes nothing new on, and lets what goes through this node come to its end. */
  drain(): Promise<void>;
  /** Takes nothing from other nodes any more, and tells them so. */
  leave(): Promise<void>;
}

const secretBytes = 32;

/** Makes this server one node of many. Rejects when the database or the internal address is not to be had. */
export async function joinCluster(parts: ClusterParts): Promise<Cluster> {
  const { node, host, nodes, doors, addressOf, passedOn, bus, clock, timers, report } = parts;
  const limits = { ...clusterLimits, ...parts.limits };
  const secret = await nodes.secret('forwarding', randomBytes(secretBytes).toString('base64url'));
  const registry = new NodeRegistry(node, { store: nodes, clock, timers, report, limits });
  const signed = new SignedRequests(secret, registry, limits, passedOn);
  const listener = new InternalListener({ host, doors, signed, report });
  const outgoing = new OutgoingRequests({ name: node, secret, timers, limits, addressOf });
  const forwarding = new Forwarding({ registry, outgoing, timers, report, limits });
  const reachesDatabase = () => registry.reachesDatabase;
  const elsewhere = new StoredElsewhere({ bus, clock, limits, reachesDatabase });
  const url = await listener.open();
  const leave = async (): Promise<void> => {
    elsewhere.close();
    forwarding.close();
    await listener.close();
    await registry.leave();
  };
  try {
    await registry.begin(url);
  } catch (error) {
    await leave();
    throw error;
  }
  return {
    handover: forwarding,
    stats: () => ({ nodes: registry.living.length + 1, forwarding: forwarding.current, forwarded: forwarding.total }),
    get reachesDatabase() {
      return registry.reachesDatabase;
    },
    get othersReachDatabase() {
      return elsewhere.holds;
    },
    drain: () => forwarding.leave(),
    leave,
  };
}
