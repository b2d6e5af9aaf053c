import type { ListenRequest } from '@confab/protocol';
import type { LogHead } from './domain.ts';
import type { KeptEvent } from './hot-window.ts';
import type { Listening } from './listening.ts';
import type { Session } from './session.ts';

/** What becomes of one log of a `log.listen`. */
export type Answer =
  /** Everything in (after, head] is in `frames`, for a passive listener the notices among it. */
  | { readonly status: 'listening'; readonly head: LogHead; readonly frames: readonly KeptEvent[] }
  | { readonly status: 'behind'; readonly head: LogHead }
  | { readonly status: 'failed'; readonly reason: 'epoch' | 'forbidden' };

/** One log of a `log.listen` under way. */
export interface Listen {
  readonly request: ListenRequest;
  readonly listening: Listening;
  /** How it was listened to before, to go back to when the command fails as a whole. */
  readonly before: Pick<Listening, 'level' | 'cursor' | 'held'> | null;
  answer: Answer;
}

/** The right may have been taken away, or the connection closed, while something was awaited. */
export function isCurrent(session: Session, { listening, request }: Listen): boolean {
  return session.listenings.get(request.log) === listening;
}
