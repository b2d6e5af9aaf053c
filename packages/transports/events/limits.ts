import type { BackOff } from '../http/back-off.ts';

/** Bounds of the events resource. */
export interface EventsLimits extends BackOff {
  /** Rooms of one stream or poll: a cursor takes some 28 characters a room, and has to fit into one header (8 KiB). */
  readonly rooms: number;
  /** Characters of a cursor that are looked at. */
  readonly cursorChars: number;
  /** Events and characters of events in one poll's answer; the rest is for the next. */
  readonly answerEvents: number;
  readonly answerChars: number;
}

export const defaultEventsLimits: EventsLimits = {
  rooms: 250,
  cursorChars: 8 * 1024,
  answerEvents: 500,
  answerChars: 64 * 1024,
  minMs: 1_000,
  maxMs: 30_000,
};
