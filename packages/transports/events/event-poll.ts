import type { ServerResponse } from 'node:http';
import type { Clock, Random, Timers } from '@confab/engine';
import type { CloseReason } from '@confab/protocol';
import { answerError, answerJson, answerNothing } from '../http/answers.ts';
import { pollAfterMs } from '../http/back-off.ts';
import { errorOf, type SharedEvent } from '../session/index.ts';
import type { EventsQuestion } from './events-question.ts';
import type { EventsSink, FollowedEvents } from './followed-events.ts';
import type { EventsLimits } from './limits.ts';
import { withSince } from './stream-cursor.ts';

export interface PollParts {
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  readonly timers: Timers;
  readonly load: () => number;
  readonly limits: EventsLimits;
}

/** One answer with what was missed; a long poll waits for the first event if there is none. */
export class EventPoll implements EventsSink {
  private readonly parts: PollParts;
  private readonly question: EventsQuestion;
  private readonly ifNoneMatch: string;
  private readonly response: ServerResponse;
  private readonly texts: string[] = [];
  private chars = 0;
  private followed: FollowedEvents | null = null;
  /** What was missed was told: from now on the first event ends the wait. */
  private waiting = false;
  private finished = false;
  private stopWaiting: () => void = () => {};

  constructor(response: ServerResponse, question: EventsQuestion, ifNoneMatch: string | undefined, parts: PollParts) {
    this.response = response;
    this.question = question;
    this.ifNoneMatch = ifNoneMatch ?? '';
    this.parts = parts;
  }

  async begin(followed: FollowedEvents): Promise<void> {
    this.followed = followed;
    // Without a position nothing can have been missed.
    if (this.question.cursor === undefined) return this.finish();
    const error = await followed.start();
    if (this.finished) return;
    if (error !== undefined) {
      this.refuse(() => answerError(this.response, error));
    } else if (this.texts.length > 0 || this.question.waitMs === 0) {
      this.finish();
    } else {
      this.waiting = true;
      this.stopWaiting = this.parts.timers.after(this.question.waitMs, () => this.finish());
    }
  }

  pendingBytes(): number {
    return this.chars;
  }

  /** An answer that is not written yet keeps no proxy waiting for longer than it agreed to. */
  probe(): void {}

  /** Ephemeral events have no place in a cursor; who asks now and then does without them ([E1]). */
  event({ frame, text }: SharedEvent): void {
    if (this.finished || !('seq' in frame || frame.event === 'log.closed')) return;
    this.texts.push(text);
    this.chars += text.length;
    const { answerEvents, answerChars } = this.parts.limits;
    // At once, while the cursor stands at this event.
    if (this.texts.length >= answerEvents || this.chars >= answerChars) this.finish(true);
    else if (this.waiting) {
      this.waiting = false;
      queueMicrotask(() => this.finish());
    }
  }

  ended(reason: CloseReason): void {
    if (this.followed !== null && this.texts.length > 0) this.finish();
    else this.refuse(() => answerError(this.response, errorOf(reason)));
  }

  private finish(more = false): void {
    const { followed, texts, question, response } = this;
    if (this.finished || followed === null) return;
    this.over();
    const nowSeconds = Math.floor(this.parts.clock.now() / 1_000);
    const isIdle = texts.length === 0 && question.cursor !== undefined;
    const since = (isIdle ? question.cursor?.since : undefined) ?? nowSeconds;
    const place = isIdle ? question.after.replace(/\..*$/, '') : followed.cursor();
    const cursor = withSince(place, since);
    const etag = `"${cursor}"`;
    const waitMs = more ? 0 : this.pollAfterMs((nowSeconds - since) * 1_000);
    const headers = { etag, 'cache-control': 'private, no-cache', vary: 'Accept, Origin', 'poll-after-ms': waitMs };
    if (isIdle && this.ifNoneMatch.includes(etag)) answerNothing(response, 304, headers);
    else {
      const rest = `"cursor":"${cursor}","more":${more},"pollAfterMs":${waitMs}`;
      answerJson(response, 200, `{"events":[${texts.join(',')}],${rest}}`, headers);
    }
    followed.session.left();
  }

  private refuse(answer: () => void): void {
    if (this.finished) return;
    this.over();
    answer();
    this.followed?.session.left();
  }

  private over(): void {
    this.finished = true;
    this.stopWaiting();
  }

  private pollAfterMs(idleMs: number): number {
    const { limits, random, load } = this.parts;
    return pollAfterMs(limits, idleMs, load(), random.fraction());
  }
}
