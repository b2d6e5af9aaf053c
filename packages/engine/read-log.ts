import { type LogId, Refusal, limits as wireLimits } from '@confab/protocol';
import type { LogHead } from './domain.ts';
import type { EngineParts } from './parts.ts';
import type { Actor } from './ports.ts';

/**
 * A page of a log ([L6]), as the JSON of `log.read`'s result, put together from the events as they are stored. Throws
 * `Refusal('not-found')` when the log is not there or not the actor's to see ([L10], [X3]).
 */
export async function readLog(parts: EngineParts, actor: Actor, params: unknown): Promise<string> {
  const { log, after, limit = wireLimits.eventsPerAnswer } = parts.validation.check('log.read', params);
  for (;;) {
    // Who loses the right while the page is read does not get it.
    const mark = parts.revocations.count;
    const [head] = await parts.domain.mayListen(actor, [log]);
    if (head === undefined) throw new Refusal('not-found');
    const events = await parts.reads.run(() => readEvents(parts, log, head, after, limit));
    if (mark !== parts.revocations.count) continue;
    return `{"epoch":${head.epoch},"seq":${head.seq},"count":${head.count},"events":[${events.join(',')}]}`;
  }
}

/** At most `limit` events and about `limits.answerChars` characters of them, but always at least one if there is one. */
async function readEvents(parts: EngineParts, log: LogId, head: LogHead, after: number, limit: number) {
  const { hub, limits, domain } = parts;
  const followed = hub.logs.get(log);
  const upTo = Math.min(head.seq, after + limit);
  if (followed?.epoch === head.epoch && followed.window.covers(after, upTo)) {
    hub.windows.used(followed);
    return withinChars(
      followed.window.slice(after, upTo, limit).map((frame) => frame.text),
      limits.answerChars,
    );
  }
  const texts: string[] = [];
  let chars = 0;
  let cursor = after;
  while (cursor < upTo && chars < limits.answerChars) {
    const page = Math.min(limits.catchUpEvents, upTo - cursor);
    const events = await domain.readLog({ log, after: cursor, upTo, limit: page, noticesOnly: false });
    for (const { json } of events) {
      texts.push(json);
      chars += json.length;
    }
    const last = events[events.length - 1];
    if (last === undefined || events.length < page) break;
    cursor = last.seq;
  }
  return withinChars(texts, limits.answerChars);
}

function withinChars(texts: string[], maxChars: number): string[] {
  let chars = 0;
  const end = texts.findIndex((text, index) => {
    chars += text.length;
    return index > 0 && chars > maxChars;
  });
  return end < 0 ? texts : texts.slice(0, end);
}
