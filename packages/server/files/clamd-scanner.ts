import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Report, Timers } from '@confab/engine';
import { Refusal } from '@confab/protocol';
import type { Scanner } from './scanner.ts';

interface ClamdScannerParts {
  readonly address: NetConnectOpts;
  readonly timers: Timers;
  readonly report: Report;
}

const bounds = {
  /** Without taking any of a file; with it, connecting. */
  silentMs: 30_000,
  /** From the last byte to the answer: somewhat more than clamd itself takes at most (`MaxScanTime`). */
  answerMs: 180_000,
  chunkBytes: 256 * 1024,
  answerBytes: 4_096,
} as const;

/**
 * ClamAV's daemon, by its INSTREAM command (`man clamd`): the file is sent, so that it may run elsewhere. What it did
 * not look through to the end counts as unchecked, also what is larger than it takes (`StreamMaxLength`).
 */
export class ClamdScanner implements Scanner {
  readonly #parts: ClamdScannerParts;

  constructor(parts: ClamdScannerParts) {
    this.#parts = parts;
  }

  async signatureIn(path: string): Promise<string | null> {
    const answer = await this.#ask(path).catch((error: unknown) => this.#refuse(reasonOf(error)));
    if (answer === 'stream: OK') return null;
    const [, signature] = /^stream: (\S+) FOUND$/.exec(answer) ?? [];
    return signature ?? this.#refuse(answer);
  }

  async #ask(path: string): Promise<string> {
    const socket = connect(this.#parts.address);
    const watch = new Watch(this.#parts.timers, () => socket.destroy(new Error('it takes too long')));
    const answered = new AbortController();
    const answer = answerOf(socket).finally(() => answered.abort());
    try {
      watch.allow(bounds.silentMs);
      const frames = (chunks: AsyncIterable<Buffer>) => framed(chunks, () => watch.allow(bounds.silentMs));
      const file = createReadStream(path, { highWaterMark: bounds.chunkBytes });
      // What it has heard enough of it answers before the end.
      const sent = pipeline(file, frames, socket, { end: false, signal: answered.signal });
      await Promise.race([sent, answer]).catch(() => answer);
      watch.allow(bounds.answerMs);
      return await answer;
    } finally {
      watch.end();
      socket.destroy();
    }
  }

  #refuse(reason: string): never {
    this.#parts.report('error', 'the virus scanner did not look through a file, which was therefore refused', {
      reason,
    });
    throw new Refusal('scanner-unavailable');
  }
}

/** Ends what takes longer than it was last allowed to. */
class Watch {
  readonly #timers: Timers;
  readonly #onLate: () => void;
  #cancel = (): void => {};

  constructor(timers: Timers, onLate: () => void) {
    this.#timers = timers;
    this.#onLate = onLate;
  }

  allow(ms: number): void {
    this.#cancel();
    this.#cancel = this.#timers.after(ms, this.#onLate);
  }

  end(): void {
    this.#cancel();
  }
}

/** Each chunk with its length before it, and a length of nothing at the end. */
async function* framed(chunks: AsyncIterable<Buffer>, onTaken: () => void): AsyncIterable<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const chunk of chunks) {
    yield lengthOf(chunk);
    yield chunk;
    onTaken();
  }
  yield lengthOf(Buffer.alloc(0));
}

function lengthOf(chunk: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  return length;
}

/** What it says up to the byte that ends it. */
async function answerOf(socket: Socket): Promise<string> {
  const failed = once(socket, 'close').then(() => {
    throw new Error('it hung up');
  });
  const said = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.on('error', reject);
    socket.setEncoding('utf8').on('data', (some: string) => {
      text += some;
      if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0')).trim());
      else if (text.length > bounds.answerBytes) reject(new Error('it says too much'));
    });
  });
  return Promise.race([said, failed]);
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
