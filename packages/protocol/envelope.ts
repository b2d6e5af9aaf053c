import type { WireError } from './errors.ts';
import type { EventFrame } from './events.ts';

/** A command: `id` is chosen by the client, unique among its unanswered commands ([C1]). */
export interface CommandFrame {
  id: number;
  command: string;
  params: unknown;
}

/** The answer to the command with that id: exactly one of `result` and `error`. */
export type ReplyFrame = { reply: number; result: unknown } | { reply: number; error: WireError };

/** What a server sends. A frame is told by its first property: `reply` or `event`. */
export type ServerFrame = ReplyFrame | EventFrame;
