import type { ListenAnswer, LoggedEvent, LogId, Position, Result } from '@confab/protocol';
import { ConfabError } from '../confab-error.ts';
import { Sequence } from './sequence.ts';

export type Level = 'live' | 'passive';

export interface LogHandlers {
  /** The next event of the log; each once, in order. */
  apply(event: LoggedEvent): void;
  /** The log stands here now, as far as the server has told. */
  head(log: LogId, position: Position): void;
  /** Live, and everything up to `seq`, the newest heard of, was applied. */
  caughtUp(log: LogId, seq: number): void;
  /** A passive log moved on by more than was told: what is shown of it must be read afresh. */
  skipped(log: LogId): void;
  /** The history is not the one we knew. */
  rewritten(): void;
  /** The asker may not see the log any more. */
  closed(log: LogId): void;
  read(log: LogId, after: number): Promise<Result<'log.read'>>;
  /** Runs `task` after a moment. */
  later(task: () => void): void;
}

/**
 * This client's place on one log. While *live* its events go through a `Sequence`. While *passive* it hears notices
 * and heads only, so its place is simply the newest thing heard of ([L5]).
 */
export class FollowedLog {
  readonly log: LogId;
  level: Level;
  readonly #handlers: LogHandlers;
  /** `null`: nothing known yet; the first listening starts at the head. */
  #sequence: Sequence | null;
  /** How the server tells of the log at present. `asked`: a listening is unanswered; `refused`: it said no. */
  #told: 'nothing' | 'asked' | 'refused' | Level = 'nothing';

  constructor(log: LogId, level: Level, place: Position | null, handlers: LogHandlers) {
    this.log = log;
    this.level = level;
    this.#handlers = handlers;
    this.#sequence = place === null ? null : this.#sequenceFrom(place);
  }

  /** The last seq applied (live) or heard of (passive); 0 before anything is known. */
  get seq(): number {
    return this.#sequence?.seq ?? 0;
  }

  /** Every event comes by itself. */
  get live(): boolean {
    return this.#told === 'live';
  }

  /** The server tells of it. */
  get listening(): boolean {
    return this.#told === 'live' || this.#told === 'passive';
  }

  /** A listening is unanswered: its answer says more than anything that was sent before it. */
  get asked(): boolean {
    return this.#told === 'asked';
  }

  /** Whether the server has to be asked for another level. */
  get unsettled(): boolean {
    return this.#told !== 'asked' && this.#told !== 'refused' && this.#told !== this.level;
  }

  /** What to ask of `log.listen` now; from here to the answer, frames of this log are left aside. */
  request() {
    this.#told = 'asked';
    const sequence = this.#sequence;
    sequence?.pause();
    return { log: this.log, level: this.level, ...(sequence ? { epoch: sequence.epoch, after: sequence.seq } : {}) };
  }

  /** The connection is gone or the listening failed on the way. */
  lost(): void {
    this.#told = 'nothing';
    this.#sequence?.pause();
  }

  answered(answer: ListenAnswer, level: Level): void {
    if (this.#told !== 'asked') return;
    if (answer.status === 'failed') {
      this.#told = 'refused';
      if (answer.reason === 'forbidden') this.#handlers.closed(this.log);
      else this.#handlers.rewritten();
      return;
    }
    this.#told = level;
    const head: Position = { epoch: answer.epoch, seq: answer.seq, count: answer.count };
    const sequence = this.#sequence ?? this.#sequenceFrom(head);
    this.#sequence = sequence;
    const events = answer.status === 'listening' ? (answer.events as LoggedEvent[]) : [];
    if (level === 'passive') {
      for (const event of events) this.#applyNotice(sequence, event);
      if (answer.status === 'behind') this.#handlers.skipped(this.log);
      sequence.moveTo(head.seq);
      this.#handlers.head(this.log, head);
      return;
    }
    for (const event of events) sequence.offer(event);
    this.#handlers.head(this.log, head);
    sequence.reach(head.seq);
  }

  received(event: LoggedEvent): void {
    const sequence = this.#sequence;
    // Up to the head of the answer everything is in the answer, after it everything follows ([L4]).
    if (sequence === null || !this.listening) return;
    if (this.#told === 'live') sequence.offer(event);
    else if (event.epoch === sequence.epoch) this.#applyNotice(sequence, event);
    else this.#handlers.rewritten();
  }

  heardHead(head: Position): void {
    const sequence = this.#sequence;
    if (sequence === null || this.#told === 'nothing' || this.#told === 'refused') return;
    if (head.epoch !== sequence.epoch) {
      this.#handlers.rewritten();
      return;
    }
    this.#handlers.head(this.log, head);
    if (this.#told === 'passive' && head.seq > sequence.seq) sequence.moveTo(head.seq);
    else if (this.#told === 'live') sequence.reach(head.seq);
  }

  #applyNotice(sequence: Sequence, event: LoggedEvent): void {
    if (event.seq <= sequence.seq) return;
    sequence.moveTo(event.seq);
    this.#handlers.apply(event);
  }

  #sequenceFrom(place: Position): Sequence {
    const handlers = this.#handlers;
    return new Sequence(place, {
      apply: (event) => handlers.apply(event),
      rewritten: () => handlers.rewritten(),
      read: (after) => handlers.read(this.log, after),
      reached: () => {
        if (this.#told === 'live') handlers.caughtUp(this.log, this.seq);
      },
      failed: (error) => {
        const code = error instanceof ConfabError ? error.code : null;
        if (code === 'forbidden' || code === 'not-found') handlers.closed(this.log);
        else handlers.later(() => this.#readRest());
      },
    });
  }

  #readRest(): void {
    if (this.#told === 'live') this.#sequence?.reach(0);
  }
}
