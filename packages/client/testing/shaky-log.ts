import type { ListenAnswer, LoggedEvent, LogId, Result } from '@confab/protocol';
import { ConfabError } from '../confab-error.ts';
import type { FollowedLog, Level } from '../sync/followed-log.ts';

const answerSize = 4;
const log = 'room:r' as LogId;

export function eventAt(seq: number): LoggedEvent {
  // Every fifth event is a notice.
  const name = seq % 5 === 0 ? 'room.topic-set' : 'message.posted';
  const data = seq % 5 === 0 ? { topic: String(seq) } : { id: `m${seq}`, clientId: `c${seq}`, text: String(seq) };
  return { event: name, log, epoch: 1, seq, at: seq, by: 'u', data } as LoggedEvent;
}

const countAt = (seq: number) => seq - Math.floor(seq / 5);

type Frame = { answer: ListenAnswer; level: Level } | { event: LoggedEvent } | { head: number };

/**
 * One log of a server and the wire to one listener, which loses, doubles and swaps events and breaks at any point.
 * Answers hold at most four events, so that gaps are paged.
 */
export class ShakyLog {
  head = 0;
  readonly #frames: Frame[] = [];
  readonly #reads: { after: number; resolve: (page: Result<'log.read'>) => void; reject: (error: unknown) => void }[] =
    [];
  readonly #later: (() => void)[] = [];
  #listener: Level | null = null;
  followed: FollowedLog | null = null;

  append(): void {
    this.head += 1;
    const event = eventAt(this.head);
    if (this.#listener === 'live' || (this.#listener === 'passive' && event.event !== 'message.posted')) {
      this.#frames.push({ event });
    } else if (this.#listener === 'passive') this.#frames.push({ head: this.head });
  }

  read(after: number): Promise<Result<'log.read'>> {
    return new Promise((resolve, reject) => this.#reads.push({ after, resolve, reject }));
  }

  later(task: () => void): void {
    this.#later.push(task);
  }

  /** The client asks to listen; the answer waits on the wire, and what is appended from now on behind it. */
  listen(): void {
    const { followed } = this;
    if (followed?.unsettled !== true) return;
    const { after = 0, level } = followed.request();
    this.#listener = level;
    const place = { log, epoch: 1, seq: this.head, count: countAt(this.head) };
    const missed = this.#range(after, level);
    const answer: ListenAnswer =
      missed.length > answerSize ? { ...place, status: 'behind' } : { ...place, status: 'listening', events: missed };
    this.#frames.push({ answer, level });
  }

  cut(): void {
    this.#frames.length = 0;
    this.#listener = null;
    this.followed?.lost();
    for (const { reject } of this.#reads.splice(0)) reject(new ConfabError('unanswered'));
  }

  deliver(): void {
    const frame = this.#frames.shift();
    if (frame !== undefined) this.#hand(frame);
  }

  /** Faults that a broken server or proxy might bring; answers to commands are not touched. */
  fault(kind: 'drop' | 'double' | 'swap'): void {
    const [first, second] = this.#frames;
    if (first === undefined || 'answer' in first) return;
    if (kind === 'drop') this.#frames.shift();
    else if (kind === 'double') this.#frames.unshift(first);
    else if (second !== undefined && !('answer' in second)) this.#frames.splice(0, 2, second, first);
  }

  answerRead(well: boolean): void {
    const read = this.#reads.shift();
    if (read === undefined) return;
    if (!well) read.reject(new ConfabError('unanswered'));
    else {
      const events = this.#range(read.after, 'live').slice(0, answerSize);
      read.resolve({ epoch: 1, seq: this.head, count: countAt(this.head), events });
    }
  }

  runLater(): void {
    for (const task of this.#later.splice(0)) task();
  }

  get quiet(): boolean {
    return this.#frames.length === 0 && this.#reads.length === 0 && this.#later.length === 0;
  }

  #range(after: number, level: Level): LoggedEvent[] {
    const all = Array.from({ length: Math.max(0, this.head - after) }, (_, index) => eventAt(after + 1 + index));
    return level === 'live' ? all : all.filter(({ event }) => event !== 'message.posted');
  }

  #hand(frame: Frame): void {
    if ('event' in frame) this.followed?.received(frame.event);
    else if ('head' in frame) this.followed?.heardHead({ epoch: 1, seq: frame.head, count: countAt(frame.head) });
    else this.followed?.answered(frame.answer, frame.level);
  }
}
