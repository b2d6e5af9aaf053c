import type { LoggedEvent } from '@confab/protocol';
import type { SeenMessage } from '../../doors/door-client.ts';
import { atMost, type Figure } from '../../figures.ts';
import type { HttpApi } from '../../load/http-api.ts';
import type { Note, Survivor } from './survivor.ts';

/** Notes that are told of a difference. */
const [notesBefore, notesAfter] = [60, 10];

/** Every client is given time to see the end; one that lost its connection unnoticed is brought back. */
export async function settle(survivors: readonly Survivor[], last: number): Promise<void> {
  const behind = () => survivors.filter(({ seen }) => (seen.at(-1)?.seq ?? 0) < last);
  const deadlineMs = performance.now() + 30_000;
  let comeBackAtMs = performance.now() + 5_000;
  while (behind().length > 0 && performance.now() < deadlineMs) {
    await pause(50);
    if (performance.now() < comeBackAtMs) continue;
    comeBackAtMs = performance.now() + 5_000;
    await Promise.all(behind().map((survivor) => survivor.comeBack()));
  }
}

/** How many messages that were acknowledged for certain do not stand there. */
export function lost(survivors: readonly Survivor[], posted: readonly SeenMessage[]): number {
  const stored = new Set(posted.map(({ clientId }) => clientId));
  return survivors
    .flatMap(({ acknowledged, door }) => (door.repeatsSafely ? acknowledged : []))
    .filter((id) => !stored.has(id)).length;
}

/** Where what a client saw leaves the log for the first time. */
export interface Difference {
  /** Counted from 0. */
  readonly place: number;
  readonly expected: SeenMessage | undefined;
  readonly got: SeenMessage | undefined;
  /** Places from there to the end. */
  readonly rest: number;
}

export function firstDifference(seen: readonly SeenMessage[], posted: readonly SeenMessage[]): Difference | null {
  const longest = Math.max(seen.length, posted.length);
  for (let place = 0; place < longest; place += 1) {
    const [got, expected] = [seen[place], posted[place]];
    if (got?.id !== expected?.id || got?.text !== expected?.text)
      return { place, expected, got, rest: longest - place };
  }
  return null;
}

/** How many places of what a client saw differ from the log, counted from the first difference on. */
export function wrong(seen: readonly SeenMessage[], posted: readonly SeenMessage[]): number {
  return firstDifference(seen, posted)?.rest ?? 0;
}

/** What a client saw against the log; where they differ, what it did around that place. */
export function sawTheLog({ door, seen, notes }: Survivor, posted: readonly SeenMessage[]): Figure {
  const figure = atMost(`${door.name}: missing, doubled or out of order`, wrong(seen, posted), 0);
  const difference = firstDifference(seen, posted);
  return difference === null ? figure : { ...figure, because: explained(difference, seen, notes) };
}

function explained(
  { place, expected, got }: Difference,
  seen: readonly SeenMessage[],
  notes: readonly Note[],
): readonly string[] {
  const [name, gotName] = [named(expected), named(got)];
  const elsewhere = seen.flatMap(({ id }, index) => (id === expected?.id ? [index] : []));
  const doubled = seen.flatMap(({ id }, index) => (id === got?.id && index !== place ? [index] : []));
  const after = notes.findIndex((note) => note.place > place);
  const at = after === -1 ? notes.length : after;
  return [
    `place ${place}: expected ${name}, got ${gotName}`,
    `the expected one was seen at ${elsewhere.join(', ') || 'no place'}; the one it got also at ${doubled.join(', ') || 'no other place'}`,
    ...notes.slice(Math.max(0, at - notesBefore), at + notesAfter).map((note) => `${note.place}: ${note.what}`),
  ];
}

const named = (message: SeenMessage | undefined): string =>
  message === undefined ? 'nothing' : `${message.seq} (${message.text})`;

/** Every message that stands in the log. */
export async function postedIn(api: HttpApi, room: string): Promise<SeenMessage[]> {
  const messages: SeenMessage[] = [];
  for (let after = 0; ; ) {
    const page = await api.call('log.read', { log: `room:${room}`, after });
    for (const event of page.events as LoggedEvent[]) {
      after = event.seq;
      if (event.event === 'message.posted') messages.push({ seq: event.seq, author: event.by ?? '', ...event.data });
    }
    if (page.events.length === 0 || after >= page.seq) return messages;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
