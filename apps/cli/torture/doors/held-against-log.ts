import type { LoggedEvent } from '@confab/protocol';
import type { SeenMessage } from '../../doors/door-client.ts';
import type { HttpApi } from '../../load/http-api.ts';
import type { Survivor } from './survivor.ts';

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

/** How many places of what a client saw differ from the log, counted from the first difference on. */
export function wrong(seen: readonly SeenMessage[], posted: readonly SeenMessage[]): number {
  const longest = Math.max(seen.length, posted.length);
  for (let index = 0; index < longest; index += 1) {
    if (seen[index]?.id !== posted[index]?.id || seen[index]?.text !== posted[index]?.text) return longest - index;
  }
  return 0;
}

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
