/** Bounds of one request to outside. */
export const outgoingLimits = {
  /** From the first look-up of a name to the last byte, all redirects included. */
  totalMs: 5_000,
  redirects: 3,
  /** What is read of a body after it is unpacked; the rest is left. */
  bodyBytes: 512 * 1024,
  headerBytes: 16 * 1024,
  urlChars: 2_048,
  /** Ports on which the web is. */
  ports: [80, 443, 8080, 8443] as readonly number[],
  /** At the same time, so that many links do not take all sockets. */
  atOnce: 16,
  /** That wait for their turn; more are refused. */
  waiting: 1_000,
} as const;
