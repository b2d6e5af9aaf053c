/** What others can make grow, with its unit. */
export const peerBounds = {
  /** People's connections that one is in touch with in a room; every one is linked to every other. */
  peers: 32,
  /** Characters of one message as JSON. */
  messageChars: 16 * 1024,
  /** Reliable messages, and characters of them, that wait for one peer. */
  queuedMessages: 1_000,
  queuedChars: 1024 * 1024,
  /** Reliable messages that are sent before the first of them is acknowledged. */
  window: 64,
  /** Unreliable messages that wait for their turn with the server; the oldest are dropped. */
  waitingUnreliable: 8,
  /** Candidates that came before the description that they belong to. */
  earlyCandidates: 64,
  /** Characters of one signal with messages. */
  relayChars: 32 * 1024,
} as const;

/** In milliseconds. */
export const peerTimes = {
  /** [P1] */
  announceEveryMs: 20_000,
  lapseMs: 60_000,
  /** Who does not answer a greeting is greeted again after this time, then after twice as long, up to the second figure. */
  greetMs: 250,
  greetAtMostMs: 4_000,
  /** For how long two peers try to meet before the server passes on what they say. */
  meetMs: 8_000,
  /** An offer that was not answered is made again, this often at most. */
  reofferMs: 3_000,
  reoffers: 3,
  /** How often a connection that failed is tried again, over its life. */
  restarts: 3,
  /** Between two signals with messages, over all peers of a room: half of what the server allows ([P7]). */
  relayEveryMs: 50,
  /** When nothing is acknowledged for so long, it is sent again; doubled each time, up to the second figure. */
  resendMs: 2_000,
  resendAtMostMs: 16_000,
} as const;
