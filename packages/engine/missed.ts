import { limits as wireLimits } from '@confab/protocol';
import type { LogHead } from './domain.ts';
import { type KeptEvent, kept } from './hot-window.ts';
import { isCurrent, type Listen } from './listen.ts';
import type { ListenedLog } from './listened-log.ts';
import type { EngineParts } from './parts.ts';
import type { Session } from './session.ts';

/** Logs of one `log.listen` that are read at the same time. */
const readsAtOnce = 8;
/** How often what was read is read again because content was wiped meanwhile ([L13]). */
const maxRounds = 3;

/** Fills the answers of those that missed something; what does not fit into one answer becomes `behind`. */
export async function readMissed(session: Session, listens: readonly Listen[]): Promise<void> {
  let missing = listens.filter(({ answer, request }) => {
    return answer.status === 'listening' && (request.after ?? answer.head.seq) < answer.head.seq;
  });
  const read = new Map<Listen, number>();
  for (let round = 0; missing.length > 0; round += 1) {
    await readRound(session, missing, read, round < maxRounds);
    missing = missing.filter((listen) => {
      return listen.answer.status === 'listening' && read.get(listen) !== listen.listening.log.redactions;
    });
  }
}

async function readRound(
  session: Session,
  listens: readonly Listen[],
  read: Map<Listen, number>,
  again: boolean,
): Promise<void> {
  let chars = 0;
  for (let from = 0; from < listens.length; from += readsAtOnce) {
    const slice = listens.slice(from, from + readsAtOnce);
    const full = !again || chars > session.parts.limits.answerChars;
    for (const listen of slice) read.set(listen, listen.listening.log.redactions);
    const results = await Promise.all(
      slice.map((listen) => (full || !isCurrent(session, listen) ? null : framesFor(session.parts, listen))),
    );
    slice.forEach((listen, index) => {
      const frames = results[index] ?? null;
      const { answer } = listen;
      if (answer.status !== 'listening') return;
      if (frames !== null) for (const frame of frames) chars += frame.text.length;
      const fits = frames !== null && chars <= session.parts.limits.answerChars;
      listen.answer = fits ? { ...answer, frames } : { status: 'behind', head: answer.head };
    });
  }
}

/** Everything in (after, head], for a passive listener the notices among it; `null` when that is too much. */
async function framesFor(parts: EngineParts, { request, listening, answer }: Listen): Promise<KeptEvent[] | null> {
  if (answer.status !== 'listening') return null;
  const { log } = listening;
  const after = request.after ?? answer.head.seq;
  const warm = framesFromWindow(parts, log, after, answer.head) ?? (await warmed(parts, log, after, answer.head));
  const passive = request.level === 'passive';
  if (warm !== null) return passive ? warm.filter((frame) => frame.notice) : warm;
  const limit = wireLimits.eventsPerAnswer + (passive ? 1 : 0);
  const range = { log: log.id, after, upTo: answer.head.seq, limit, noticesOnly: passive };
  const events = await parts.reads.run(() => parts.domain.readLog(range));
  const isWhole = passive ? events.length < limit : events.length === answer.head.seq - after;
  return isWhole ? events.map(kept) : null;
}

function framesFromWindow(parts: EngineParts, log: ListenedLog, after: number, head: LogHead): KeptEvent[] | null {
  if (!log.window.covers(after, head.seq)) return null;
  parts.hub.windows.used(log);
  return log.window.slice(after, head.seq, head.seq - after);
}

/** Fills the window from the log once for all who come back at the same time, and tries it again. */
async function warmed(parts: EngineParts, log: ListenedLog, after: number, head: LogHead): Promise<KeptEvent[] | null> {
  if (head.seq - after > parts.limits.hotWindowEvents) return null;
  log.filling ??= fill(parts, log).finally(() => {
    log.filling = null;
  });
  await log.filling;
  return framesFromWindow(parts, log, after, head);
}

async function fill(parts: EngineParts, log: ListenedLog): Promise<void> {
  const { hub, limits, domain } = parts;
  const upTo = (log.window.first ?? log.head + 1) - 1;
  const after = Math.max(0, upTo - limits.hotWindowEvents + log.window.length);
  if (upTo <= after) return;
  const { redactions } = log;
  const range = { log: log.id, after, upTo, limit: limits.hotWindowEvents, noticesOnly: false };
  const events = await parts.reads.run(() => domain.readLog(range));
  // What was wiped since, or has no place before the window any more, is not kept.
  if (log.redactions !== redactions || hub.logs.get(log.id) !== log || events.length !== upTo - after) return;
  const isNext = (log.window.first ?? log.head + 1) === upTo + 1;
  if (isNext) hub.windows.fill(log, events.map(kept));
}
