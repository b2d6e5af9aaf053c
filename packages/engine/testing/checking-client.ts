import type { ListenAnswer, LogId, ServerFrame } from '@confab/protocol';
import { RecordingPeer } from './recording-peer.ts';

type Level = 'live' | 'passive';

/** What a client may believe of one log. */
interface Followed {
  readonly level: Level;
  /** Live: the last event. Passive: up to here all notices are known. */
  seq: number;
}

/**
 * A client that trusts the server completely: every event must be the very next one, every answer whole. So whatever
 * the protocol forbids (a gap, something twice, out of order, after the right was taken) is an error here.
 */
export class CheckingClient {
  readonly peer = new RecordingPeer();
  readonly followed = new Map<LogId, Followed>();
  /** Logs that may not be heard of beyond a seq: the right was taken there. */
  readonly takenAt = new Map<LogId, number>();
  /** Logs to which the right was ever taken; only these may be refused. */
  readonly everTaken = new Set<LogId>();
  readonly isNotice: (log: LogId, seq: number) => boolean;
  private readonly asked = new Map<number, { log: LogId; level: Level; after: number | undefined }[]>();
  /** The highest seq that came as an event, while a log was listened to without a break. */
  private readonly highest = new Map<LogId, number>();
  private readonly stopped = new Map<number, LogId>();
  private read = 0;

  constructor(isNotice: (log: LogId, seq: number) => boolean) {
    this.isNotice = isNotice;
  }

  /** Notes what a `log.listen` asked for. */
  asks(id: number, requests: { log: LogId; level: Level; after: number | undefined }[]): void {
    this.asked.set(id, requests);
  }

  /** Notes what a `log.unlisten` named. */
  stops(id: number, log: LogId): void {
    this.stopped.set(id, log);
  }

  /** Reads what was written since the last time; throws at the first thing that the protocol forbids. */
  check(): void {
    const { frames } = this.peer;
    for (const frame of frames.slice(this.read)) this.take(frame);
    this.read = frames.length;
  }

  private take(frame: ServerFrame): void {
    if ('reply' in frame) this.answered(frame);
    else if (frame.event === 'log.closed') this.failed(frame.data.log as LogId, frame.data.reason);
    else if ('seq' in frame) this.event(frame.log, frame.seq);
  }

  private failed(log: LogId, reason: string): void {
    if (reason !== 'forbidden' || !this.everTaken.has(log)) throw new Error(`${log} failed: ${reason}`);
    this.forget(log);
  }

  private forget(log: LogId): void {
    this.followed.delete(log);
    this.highest.delete(log);
  }

  private answered(frame: Extract<ServerFrame, { reply: number }>): void {
    const stopped = this.stopped.get(frame.reply);
    if (stopped !== undefined) this.forget(stopped);
    const asked = this.asked.get(frame.reply);
    if (asked === undefined) return;
    // Refused as a whole: nothing changed.
    if (!('result' in frame)) return;
    const { logs } = frame.result as { logs: ListenAnswer[] };
    asked.forEach(({ log, level, after }, index) => {
      const answer = logs[index];
      if (answer?.log !== log) throw new Error(`the answer to ${log} is missing`);
      if (answer.status === 'failed') {
        this.failed(log, answer.reason);
        return;
      }
      if (answer.seq > (this.takenAt.get(log) ?? Infinity))
        throw new Error(`answered ${log} after the right was taken`);
      if (answer.status === 'listening') {
        const seqs = answer.events.map(({ seq }) => seq);
        const expected = this.seqs(log, level, after ?? answer.seq, answer.seq);
        if (String(seqs) !== String(expected)) throw new Error(`answered ${seqs} instead of ${expected}`);
      }
      this.followed.set(log, { level, seq: answer.seq });
    });
  }

  private event(log: LogId, seq: number): void {
    const followed = this.followed.get(log);
    if (followed === undefined) throw new Error(`heard ${seq} of a log that is not listened to`);
    const next = followed.level === 'live' ? followed.seq + 1 : this.seqs(log, 'passive', followed.seq, seq)[0];
    if (seq !== next) throw new Error(`${followed.level} at ${followed.seq} heard ${seq}`);
    if (seq <= (this.highest.get(log) ?? 0)) throw new Error(`heard ${seq} after ${this.highest.get(log)}`);
    if (seq > (this.takenAt.get(log) ?? Infinity)) throw new Error(`heard ${seq} after the right was taken`);
    this.highest.set(log, seq);
    followed.seq = seq;
  }

  /** What a client at `after` has to hear up to `upTo`. */
  seqs(log: LogId, level: Level, after: number, upTo: number): number[] {
    const all = Array.from({ length: Math.max(0, upTo - after) }, (_, index) => after + 1 + index);
    return level === 'live' ? all : all.filter((seq) => this.isNotice(log, seq));
  }
}
