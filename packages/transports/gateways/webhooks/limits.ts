/** Bounds of incoming webhooks. */
export const webhookLimits = {
  /** Bytes of a request's body, as Slack takes them. */
  bodyBytes: 256 * 1024,
  /** Blocks, attachments and fields of one message that are read; what is beyond is left out. */
  blocks: 100,
  /** How deep rich text may be nested; Slack's own is four levels deep. */
  depth: 8,
} as const;
