import type { ReconnectWindow } from '@confab/protocol';
import { times } from '../bounds.ts';

/**
 * How long to wait before the next attempt ([H6]): the server's window when it named one for this time, otherwise the
 * usual window, doubled with each failed attempt.
 */
export class Backoff {
  readonly #fraction: () => number;
  #usual: ReconnectWindow = times.firstWindow;
  #failures = 0;

  constructor(fraction: () => number) {
    this.#fraction = fraction;
  }

  /** An attempt came through; from now on `usual` is the server's own window. */
  succeeded(usual: ReconnectWindow): void {
    this.forget();
    this.#usual = usual;
  }

  /** The attempts from here on are the first ones. */
  forget(): void {
    this.#failures = 0;
  }

  /** The wait before the next attempt in milliseconds, and the window that it was drawn from. */
  next(named: ReconnectWindow | null = null): { delayMs: number; window: ReconnectWindow } {
    const window = named ?? doubled(this.#usual, this.#failures);
    this.#failures += 1;
    return { delayMs: Math.round(window.minMs + (window.maxMs - window.minMs) * this.#fraction()), window };
  }
}

function doubled(window: ReconnectWindow, failures: number): ReconnectWindow {
  const factor = 2 ** Math.min(failures, 16);
  // A window of zero would never grow.
  const maxMs = Math.min(Math.max(window.maxMs, failures > 0 ? 250 : 0) * factor, times.longestWaitMs);
  return { minMs: Math.min(window.minMs * factor, maxMs), maxMs };
}
