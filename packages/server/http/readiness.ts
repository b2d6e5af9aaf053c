import type { Stage } from './stage.ts';

/** What `/health/ready` says. Without its bus a node is slower, not wrong: it stays ready. */
export interface Readiness {
  readonly status: 'ready' | 'draining' | 'unavailable';
  readonly database: 'reachable' | 'unreachable';
  readonly bus: 'connected' | 'disconnected';
}

export function readinessOf(stage: Stage, reachesDatabase: boolean, busConnected: boolean): Readiness {
  const working = reachesDatabase ? 'ready' : 'unavailable';
  return {
    status: stage === 'serving' ? working : 'draining',
    database: reachesDatabase ? 'reachable' : 'unreachable',
    bus: busConnected ? 'connected' : 'disconnected',
  };
}
