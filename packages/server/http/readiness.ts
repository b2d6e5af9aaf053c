import type { Stage } from './stage.ts';

/**
 * What `/health/ready` says. `ready`: people are served here as well as anywhere. Without its bus a node is slower, not
 * wrong. Without its database it holds connections and says what is the matter, which is more than a proxy can do that
 * has no node left: so it is `unavailable` only when other nodes do better (docs/decisions/readiness.md).
 */
export interface Readiness {
  readonly status: 'ready' | 'draining' | 'unavailable';
  readonly database: 'reachable' | 'unreachable';
  readonly bus: 'connected' | 'disconnected';
}

export interface Reach {
  /** Whether this node stored something not long ago, and whether others do while it cannot. */
  readonly database: boolean;
  readonly databaseElsewhere: boolean;
  readonly bus: boolean;
}

export function readinessOf(stage: Stage, reach: Reach): Readiness {
  const working = reach.database || !reach.databaseElsewhere ? 'ready' : 'unavailable';
  return {
    status: stage === 'serving' ? working : 'draining',
    database: reach.database ? 'reachable' : 'unreachable',
    bus: reach.bus ? 'connected' : 'disconnected',
  };
}
