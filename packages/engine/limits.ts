/** Every bound of the engine, with its unit in its name. What a peer can make grow is held by one of these. */
export const engineLimits = {
  // taking connections in
  connections: 50_000,
  /** Connections of one address. A proxy on this machine shares one address, so loopback is exempt. */
  connectionsPerAddress: 1_000,
  /** Connections a second that one address may open, and how many at once; loopback is exempt. */
  acceptsPerSecond: 50,
  acceptsBurst: 500,
  /** Addresses that are remembered for the two bounds above; the longest quiet are forgotten first. */
  addresses: 100_000,
  /** Sessions that are authenticated at the same moment; the others wait in line. */
  authentications: 32,
  /** Sessions that wait in line; more are told to come back (`overloaded`). */
  authenticationsWaiting: 20_000,
  /** What a starting node can welcome in a second: the reconnect window grows with connections ÷ this. */
  welcomesPerSecond: 2_000,
  reconnectMinMs: 250,
  reconnectSpreadMs: 1_500,
  reconnectMaxMs: 30_000,
  /** From connecting to hello ([H2]). */
  helloMs: 10_000,

  // a connection
  /** Told in hello; the doors hold to it. */
  frameBytes: 256 * 1024,
  framesPerSecond: 200,
  framesBurst: 2_000,
  /** Unanswered commands ([C3]). */
  inFlight: 64,
  /** Logs that one connection listens to. */
  logs: 5_000,
  /** Ephemeral topics that one connection watches beside its logs. */
  watchedTopics: 500,
  /** Silence after which a peer is probed, and after which it is given up ([H5]). */
  heartbeatIntervalMs: 20_000,
  heartbeatTimeoutMs: 45_000,
  /** A session is asked for anew this long before it would expire: another of its connections may have renewed it. */
  renewLeadMs: 60_000,

  // what waits for a connection
  /** Unsent bytes above which a connection is lagging ([S1]), and above which it ends ([S2]). */
  softQueueBytes: 256 * 1024,
  hardQueueBytes: 2 * 1024 * 1024,
  /** Unsent bytes above which ephemeral events are dropped ([E1]). */
  ephemeralQueueBytes: 32 * 1024,
  laggingMs: 60_000,
  /** Characters of events that a lagging connection is given before it is looked at again. */
  catchUpChars: 64 * 1024,
  catchUpEvents: 128,

  // logs
  /** Characters of events in one answer; what does not fit is `behind` or comes with the next page. */
  answerChars: 256 * 1024,
  /** Reads of the log at the same moment, for answers and for those who catch up. */
  reads: 16,
  readsWaiting: 50_000,
  hotWindowEvents: 256,
  /** Of all hot windows together. */
  hotWindowBytes: 64 * 1024 * 1024,
  /** How long a log without listeners is still kept, so that those who come back find it warm. */
  logLingerMs: 60_000,
  /** Logs kept without listeners. */
  lingeringLogs: 10_000,
  /** Events that arrived before those they follow, per log. */
  aheadEvents: 256,
  pullEvents: 500,
  /** Between sweeps of the heads and of revocations, give or take a quarter. */
  sweepMs: 1_500,
  /** The same for the heads of more logs than `sweepLogs`, while the bus is there to tell of nearly everything. */
  calmSweepMs: 3_000,
  /** Logs whose heads are asked for in one question. */
  sweepLogs: 500,
  /** A passive listener hears of a new head at most this often ([L5]). */
  headIntervalMs: 250,
  /** Ephemeral values of one topic in one tick; beyond, the newest are dropped. */
  ephemeralKeysPerTick: 1_000,

  // people
  /** From the last connection's end to `offline` ([E3]). */
  offlineAfterMs: 10_000,
  /** People of other nodes that are known here; beyond it they seem to be offline. */
  remotePeople: 500_000,
  /** People whom one message between nodes tells of: small enough for what PostgreSQL notifies of at once. */
  peoplePerMessage: 64,

  // other nodes
  nodes: 256,
  /** Between looks at the other nodes, and between signs of life. */
  nodeCheckMs: 1_000,
  beatMs: 5_000,
  /** Silence after which a node's people are taken for gone. */
  leaseMs: 15_000,
  /** Between questions to a node of whose people something is missing. */
  askAgainMs: 3_000,
  /** Changes of a node's people that arrived before those they follow. */
  presenceAhead: 256,
  /** Revocations that are remembered as done, so that the sweep and the bus need not do them again. */
  revocationsRemembered: 10_000,
  /** Between two attempts to find out whether a right stands, while the storage does not answer. */
  recheckMs: 1_000,

  // going down
  drainMs: 10_000,
  /** With other nodes to go to, connections are ended over this time, or sooner at `drainSlice` in each `drainSliceMs`. */
  drainSpreadMs: 8_000,
  drainSlice: 5,
  drainSliceMs: 50,
  /** Within this a client comes back that was sent to another node in its turn. */
  drainWindowMs: 500,
} as const;

export type EngineLimits = { readonly [Name in keyof typeof engineLimits]: number };
