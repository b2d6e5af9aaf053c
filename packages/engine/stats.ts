import type { EngineParts } from './parts.ts';

/** How the engine is, in numbers; counters count from the start. */
export interface EngineStats {
  readonly connections: number;
  /** Connections that said hello. */
  readonly sessions: number;
  readonly lagging: number;
  /** Connections that wait to be authenticated. */
  readonly authenticationsWaiting: number;
  readonly listenedLogs: number;
  readonly listeners: number;
  /** Written, but not yet taken by the network; and the most of any one connection. */
  readonly bytesQueued: number;
  readonly maxBytesQueued: number;
  readonly hotWindowBytes: number;
  /** Counters. */
  readonly eventsFannedOut: number;
  readonly deliveries: number;
  readonly ephemeralsDropped: number;
  readonly revocations: number;
}

/** Walks all connections: for metrics, not for the hot path. */
export function statsOf(parts: EngineParts): EngineStats {
  let open = 0;
  let lagging = 0;
  let listeners = 0;
  let bytesQueued = 0;
  let maxBytesQueued = 0;
  for (const session of parts.sessions) {
    if (session.actor !== null) open += 1;
    if (session.state.kind === 'lagging') lagging += 1;
    listeners += session.listenings.size;
    const bytes = session.outlet.peer.pendingBytes();
    bytesQueued += bytes;
    if (bytes > maxBytesQueued) maxBytesQueued = bytes;
  }
  return {
    connections: parts.admission.connections,
    sessions: open,
    lagging,
    authenticationsWaiting: parts.admission.authentications.waitingCount,
    listenedLogs: parts.hub.logs.size,
    listeners,
    bytesQueued,
    maxBytesQueued,
    hotWindowBytes: parts.hub.windows.bytes,
    eventsFannedOut: parts.hub.eventsFannedOut,
    deliveries: parts.fanOut.deliveries,
    ephemeralsDropped: parts.fanOut.droppedEphemerals,
    revocations: parts.revocations.count,
  };
}
