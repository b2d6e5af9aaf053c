import { Frame } from './frame.ts';
import { headFrame } from './head-teller.ts';
import type { Listening } from './listening.ts';
import type { EngineParts } from './parts.ts';
import type { Session } from './session.ts';

/**
 * Gives a lagging session what it missed, from the hot window or the log, as fast as it reads ([S1]). It becomes open
 * again at a moment when nothing is missing, with nothing awaited in between: so no event slips through.
 */
export async function catchUp(session: Session): Promise<void> {
  if (session.catchingUp) return;
  session.catchingUp = true;
  try {
    while (session.state.kind === 'lagging') {
      if (isFull(session)) return;
      const behind = firstBehind(session);
      if (behind === undefined) {
        tellHeads(session);
        session.caughtUp();
        return;
      }
      const { log } = behind;
      if (log.window.covers(behind.cursor, log.head)) fromWindow(session, behind);
      else await fromLog(session, behind);
    }
  } catch (error) {
    // The wheel tries again; after `laggingMs` the connection ends, which loses nothing either.
    session.parts.report('warn', 'a lagging connection could not be given what it missed', { error: String(error) });
  } finally {
    session.catchingUp = false;
  }
}

/** Writes what has gathered, when it is enough; then asks whether the peer takes it. */
function isFull(session: Session): boolean {
  const { outlet, parts } = session;
  if (outlet.pending.chars >= parts.limits.catchUpChars) parts.outbox.flush(outlet);
  return outlet.closed || outlet.peer.pendingBytes() > parts.limits.softQueueBytes / 2;
}

function firstBehind(session: Session): Listening | undefined {
  for (const listening of session.listenings.values()) if (listening.isBehind()) return listening;
  return undefined;
}

function fromWindow(session: Session, listening: Listening): void {
  const { log } = listening;
  const { outbox, limits, hub, fanOut } = session.parts;
  hub.windows.used(log);
  let chars = 0;
  for (const { text, seq, notice } of log.window.slice(listening.cursor, log.head, limits.catchUpEvents)) {
    if (listening.level === 'live' || notice) {
      outbox.queue(session.outlet, new Frame(text, seq, notice));
      chars += text.length;
      fanOut.deliveries += 1;
    }
    listening.cursor = seq;
    if (chars >= limits.catchUpChars) break;
  }
  reached(listening);
}

async function fromLog(session: Session, listening: Listening): Promise<void> {
  const { log, cursor, level } = listening;
  const { parts } = session;
  const { epoch, head: upTo } = log;
  const { catchUpEvents, catchUpChars } = parts.limits;
  const limit = Math.min(catchUpEvents, Math.ceil(catchUpChars / log.meanChars));
  const range = { log: log.id, after: cursor, upTo, limit, noticesOnly: level === 'passive' };
  const events = await parts.reads.run(() => parts.domain.readLog(range));
  // While it was read the connection may have closed, stopped listening, or begun anew.
  if (listening.index < 0 || listening.cursor !== cursor || listening.level !== level) return;
  let chars = 0;
  for (const event of events) {
    // What is too much now is read again: rare, because the size of the next read follows from that of this one.
    if (chars >= catchUpChars) return;
    chars += event.json.length;
    log.meanChars = (log.meanChars * 7 + event.json.length) / 8;
    const missing = level === 'live' && event.seq !== listening.cursor + 1;
    if (missing || event.epoch !== epoch) return session.closeLog(listening, 'epoch');
    parts.outbox.queue(session.outlet, new Frame(event.json, event.seq, event.notice));
    parts.fanOut.deliveries += 1;
    listening.cursor = event.seq;
  }
  if (level === 'passive' && events.length < limit) listening.cursor = Math.max(listening.cursor, upTo);
  if (level === 'live' && events.length === 0) return session.closeLog(listening, 'epoch');
  reached(listening);
}

function reached(listening: Listening): void {
  if (listening.level === 'passive' && listening.cursor >= listening.log.head) listening.held = false;
}

function tellHeads(session: Session): void {
  const { parts, outlet } = session;
  for (const listening of session.listenings.values()) tellHead(parts, outlet, listening);
}

function tellHead(parts: EngineParts, outlet: Session['outlet'], listening: Listening): void {
  const { log } = listening;
  if (listening.level !== 'passive' || listening.index < 0 || listening.toldHead >= log.head) return;
  listening.toldHead = log.head;
  parts.outbox.queue(outlet, headFrame(log));
}
