/** Bounds of what nodes do for each other. */
export interface ClusterLimits {
  /** Milliseconds between two words of a node that it lives, and between two looks at the others. */
  readonly renewMs: number;
  /** Milliseconds without a word after which a node is taken for dead, and after which it is forgotten. */
  readonly goneMs: number;
  readonly forgetMs: number;
  /** Milliseconds at least between two looks for nodes that nobody here knows yet. */
  readonly lookMs: number;
  /** Milliseconds without storing anything after which this node counts as cut off from the database. */
  readonly databaseMs: number;
  /** Milliseconds for which it counts that another node has stored something. */
  readonly elsewhereMs: number;
  /** Milliseconds for which a signature is good that names the last word but one of the node that it is for. */
  readonly signatureMs: number;
  /** How far behind the latest of its sender a signed request may come, counted in requests. */
  readonly disorder: number;
  /** Senders that are remembered, living and dead. */
  readonly senders: number;
  /** Requests and upgrades that this node passes on at once. */
  readonly exchanges: number;
  /** Milliseconds to connect to another node. */
  readonly connectMs: number;
  /** Connections to one node that are kept open without a request, and for how many milliseconds. */
  readonly idleConnections: number;
  readonly idleMs: number;
  /** Upgrades that are cut at once while this node leaves, and milliseconds between two such slices. */
  readonly leavingSlice: number;
  readonly leavingSliceMs: number;
  /** Milliseconds that a leaving node gives requests to be answered. */
  readonly finishMs: number;
}

export const clusterLimits: ClusterLimits = {
  renewMs: 3_000,
  goneMs: 15_000,
  forgetMs: 60_000,
  lookMs: 250,
  databaseMs: 10_000,
  elsewhereMs: 30_000,
  signatureMs: 30_000,
  disorder: 65_536,
  senders: 1_024,
  exchanges: 20_000,
  connectMs: 2_000,
  idleConnections: 64,
  idleMs: 30_000,
  leavingSlice: 500,
  leavingSliceMs: 50,
  finishMs: 5_000,
};
