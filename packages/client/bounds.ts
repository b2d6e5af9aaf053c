/** Everything on a device that a server, a person or time can make grow, with its unit. */
export const bounds = {
  /** Sends that wait on this device, over all rooms and of one person. */
  queuedSends: 1_000,
  /** Own sends of this run whose state is still shown at their message. */
  rememberedSends: 2_000,
  /** Bytes of messages that are handed over when the page ends: browsers have room for 64 KiB. */
  handedBytes: 60_000,
  /** Commands that wait for a free place among the unanswered ones. */
  waitingCommands: 5_000,
  /** Items that one timeline keeps; the far end is let go of and loaded again when wanted. */
  timelineItems: 5_000,
  /** Timelines kept in memory after they were closed. */
  keptTimelines: 50,
  /** Events that a reopened timeline replays; a longer absence loads its page anew. */
  replayedEvents: 1_000,
  /** Messages asked for at once. */
  pageMessages: 50,
  /** Deletes and own posts of a room that are kept for cursors which were counted before them. */
  keptChanges: 200,
  /** Closed threads whose content is kept. */
  keptThreads: 8,
  /** Quoted messages that a timeline keeps besides those that it shows. */
  keptQuotes: 300,
  /** Rooms that can be read without a connection, messages of each, and characters of one and of what one has. */
  shelfRooms: 20,
  shelfItems: 50,
  shelfPageChars: 400_000,
  shelfHomeChars: 4_000_000,
  /** Files that are sent at a time. */
  uploadsAtOnce: 3,
  /** Bytes of a file in one request: at first, and at least. */
  chunkBytes: { first: 32 * 1024 * 1024, least: 256 * 1024 },
  /** People known by name. */
  knownPeople: 20_000,
} as const;

/** How long things take, in milliseconds. */
export const times = {
  /** From opening a socket to the answer to the hello. */
  connectTimeoutMs: 10_000,
  /** How long a probe after waking waits for a sign of life. */
  probeTimeoutMs: 5_000,
  /** How soon the best door is tried again after a lower one worked; doubled each time, up to the second figure. */
  climbAfterMs: 15_000,
  climbAtMostMs: 600_000,
  /** Window before the server has told its own. */
  firstWindow: { minMs: 500, maxMs: 2_000 },
  /** No wait for a reconnect or retry is longer. */
  longestWaitMs: 30_000,
  httpTimeoutMs: 30_000,
  /** A timer this much late means that the machine was asleep. */
  wakeGapMs: 10_000,
  wakeCheckMs: 5_000,
  /** [E2] */
  typingEveryMs: 3_000,
  typingLapseMs: 6_000,
  readEveryMs: 1_000,
  /** A send is not kept back for longer. */
  longestHoldMs: 10_000,
  /** How long a draft waits before the server is told of it. */
  draftEveryMs: 1_500,
  /** How long a timeline that changed waits before it is kept for when there is no connection. */
  shelfEveryMs: 2_000,
  /** [Q2] */
  deliveredEveryMs: 2_000,
  watchDelayMs: 50,
  /** How long a request with a part of a file should take. */
  chunkMs: 15_000,
  /** Without any byte going out for so long, a part of a file is sent anew. */
  uploadStallMs: 60_000,
  /** How often others hear how far an upload is, and of how long a time its speed is told. */
  progressEveryMs: 250,
  speedOverMs: 5_000,
  /** The server keeps a file that nobody posts for a day; after this time one looks whether it is there. */
  uploadFreshMs: 23 * 3_600_000,
  /** How long it is remembered which bodies are too large for what stands before the server. */
  mostBytesMs: 24 * 3_600_000,
  /** Between two tries of something that the server could not do just now. */
  retryMs: 1_000,
} as const;
