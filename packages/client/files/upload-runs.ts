import { bounds } from '../bounds.ts';
import { ConfabError } from '../confab-error.ts';
import { Backoff } from '../connection/backoff.ts';
import { TransferFailure } from './transfer.ts';
import { UploadRun, type UploadRunParts } from './upload-run.ts';

interface UploadRunsParts extends Omit<UploadRunParts, 'kept'> {
  /** Something before the server does not let bodies of that size through. */
  tooLarge(): void;
}

/** Uploads that are being sent, a few at a time and in order, as often as it takes. */
export class UploadRuns {
  readonly #parts: UploadRunsParts;
  readonly #running = new Map<string, AbortController>();
  /** What ends the pause of each. */
  readonly #pausing = new Map<string, () => void>();
  readonly #backoffs = new Map<string, Backoff>();
  /** How many bytes of each the server had when it was last heard of. */
  readonly #kept = new Map<string, number>();
  #isPaused = false;

  constructor(parts: UploadRunsParts) {
    this.#parts = parts;
  }

  next(): void {
    const { table, leading, ready } = this.#parts;
    if (this.#isPaused || !leading() || !ready()) return;
    for (const { id, status } of table.all()) {
      if (this.#running.size >= bounds.uploadsAtOnce) return;
      if (status !== 'waiting' || this.#running.has(id) || this.#pausing.has(id)) continue;
      const stop = new AbortController();
      this.#running.set(id, stop);
      table.pass(id, { status: 'sending' });
      void this.#run(id, stop);
    }
  }

  /** The connection is back: what was tried in vain before is tried at once. */
  wake(): void {
    this.#isPaused = false;
    for (const cancel of this.#pausing.values()) cancel();
    this.#pausing.clear();
    this.#backoffs.clear();
    this.next();
  }

  /** Nothing is sent until `wake`. */
  pause(): void {
    this.#isPaused = true;
    const running = [...this.#running.entries()];
    this.#running.clear();
    for (const [id, stop] of running) {
      stop.abort();
      this.#wait(id);
    }
  }

  /** It is gone, or is to be tried at once. */
  reset(id: string): void {
    this.#running.get(id)?.abort();
    this.#running.delete(id);
    this.#pausing.get(id)?.();
    this.#pausing.delete(id);
    this.#backoffs.delete(id);
    this.#kept.delete(id);
  }

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  stop(): void {
    for (const stop of this.#running.values()) stop.abort();
    for (const cancel of this.#pausing.values()) cancel();
    this.#running.clear();
    this.#pausing.clear();
  }

  async #run(id: string, stop: AbortController): Promise<void> {
    const parts = { ...this.#parts, kept: (bytes: number) => this.#gotOn(id, bytes) };
    try {
      await new UploadRun(parts, id, stop.signal).run();
      if (this.#running.get(id) !== stop) return;
      this.#backoffs.delete(id);
      this.#kept.delete(id);
      this.#running.delete(id);
    } catch (error) {
      if (this.#running.get(id) !== stop) return;
      this.#running.delete(id);
      this.#failed(id, error);
    }
    this.next();
  }

  /** What fails next is a first failure. */
  #gotOn(id: string, bytes: number): void {
    if (bytes <= (this.#kept.get(id) ?? 0)) return;
    this.#kept.set(id, bytes);
    this.#backoffs.delete(id);
  }

  #failed(id: string, error: unknown): void {
    const { table } = this.#parts;
    const wire = error instanceof ConfabError || error instanceof TransferFailure ? error.wire : null;
    if (wire !== null && isFinal(error, wire)) {
      table.change(id, { status: 'failed', error: wire, bytesPerSecond: null });
      return;
    }
    if (!this.#goesOnSmaller(error)) this.#pause(id, wire?.retryAfterMs);
    if (wire?.retry === 'later') table.pass(id, { error: wire });
    this.#wait(id);
  }

  /** Whether it goes on at once, in smaller parts. */
  #goesOnSmaller(error: unknown): boolean {
    if (!(error instanceof TransferFailure) || error.wire !== null) return false;
    const { chunk, tooLarge } = this.#parts;
    const { method, status, bytes, isSlow } = error.said;
    if (status === 413 && chunk.refused(bytes)) {
      tooLarge();
      return true;
    }
    if (status === null && method === 'PATCH' && !isSlow) chunk.lost(bytes);
    return isSlow === true;
  }

  #wait(id: string): void {
    if (this.#parts.table.get(id)?.status !== 'sending') return;
    this.#parts.table.pass(id, { status: 'waiting', bytesPerSecond: null });
  }

  #pause(id: string, retryAfterMs: number | undefined): void {
    const { ports } = this.#parts;
    const backoff = this.#backoffs.get(id) ?? new Backoff(ports.random.fraction);
    this.#backoffs.set(id, backoff);
    const named = retryAfterMs === undefined ? null : { minMs: retryAfterMs, maxMs: retryAfterMs * 1.2 };
    const cancel = ports.after(backoff.next(named).delayMs, () => {
      this.#pausing.delete(id);
      this.next();
    });
    this.#pausing.set(id, cancel);
  }
}

/** A session that ended is no fault of the file; and what the server says is not all there is sent. */
const passingCodes: readonly string[] = ['unauthenticated', 'session-expired', 'session-revoked', 'file-incomplete'];

/** What was swept is begun anew. */
function isFinal(error: unknown, { code, retry }: { code: string; retry: string }): boolean {
  const isGone = error instanceof TransferFailure && error.said.method !== 'POST' && code === 'not-found';
  return retry !== 'later' && !isGone && !passingCodes.includes(code);
}
