import type { FileId, WireError } from '@confab/protocol';
import type { HttpStack } from 'tus-js-client';
import { bounds, times } from '../bounds.ts';
import type { ClientPorts } from '../ports.ts';
import type { ChunkSize } from './chunk-size.ts';

export interface TransferParts {
  readonly ports: ClientPorts;
  /** Where files are begun by the tus protocol. */
  readonly endpoint: string;
  readonly headers: Record<string, string>;
  readonly chunk: ChunkSize;
  /** How requests are made; absent: as is usual here. */
  readonly stack?: HttpStack;
}

export interface Transfer {
  readonly data: Blob;
  /** Goes on with that one; `null`: begins one. */
  readonly file: FileId | null;
  readonly metadata: Record<string, string>;
  begun(file: FileId): void;
  /** So many bytes have gone. */
  progress(sent: number): void;
  /** So many bytes the server has for good. */
  kept(bytes: number): void;
}

interface Failed {
  readonly method: string;
  /** Of the answer; `null` where there was none. */
  readonly status: number | null;
  /** What Confab itself said. */
  readonly wire: WireError | null;
  /** How large the body was. */
  readonly bytes: number;
  /** Nothing is wrong, and the rest goes in smaller parts. */
  readonly isSlow?: boolean;
}

/** Why bytes did not get through. */
export class TransferFailure extends Error {
  override readonly name = 'TransferFailure';
  readonly said: Failed;

  constructor(said: Failed) {
    super(`${said.method} ${said.status ?? 'unanswered'}`);
    this.said = said;
  }

  get wire(): WireError | null {
    return this.said.wire;
  }
}

/** One try to get all of a file to the server. Rejects with `TransferFailure`, or with the reason of `signal`. */
export async function transfer(parts: TransferParts, given: Transfer, signal: AbortSignal): Promise<void> {
  const { Upload, DetailedError } = await import('tus-js-client');
  const stack = parts.stack ?? (await stackOf(parts));
  signal.throwIfAborted();
  const { ports, chunk, endpoint } = parts;
  const { data, file } = given;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const now = () => ports.clock.monotonic();
  let part = { from: 0, to: 0, at: now() };
  let cancelStall = () => {};
  const stopsAt = (isSlow: boolean) => {
    void upload.abort();
    reject(new TransferFailure({ method: 'PATCH', status: null, wire: null, bytes: part.to - part.from, isSlow }));
  };
  const upload = new Upload(data as File, {
    ...(file === null ? { endpoint } : { uploadUrl: `${endpoint}/${file}` }),
    metadata: given.metadata,
    headers: parts.headers,
    chunkSize: chunk.bytes,
    retryDelays: null,
    storeFingerprintForResuming: false,
    fingerprint: async () => '',
    fileReader: { openFile: async () => sourceOf(data) },
    ...(stack === undefined ? {} : { httpStack: stack }),
    onUploadUrlAvailable: () => given.begun(upload.url?.split('/').at(-1) as FileId),
    onBeforeRequest(request) {
      if (request.getMethod() !== 'PATCH') return;
      const from = Number(request.getHeader('Upload-Offset'));
      given.kept(from);
      part = { from, to: Math.min(from + (upload.options.chunkSize ?? 0), data.size), at: now() };
    },
    onProgress(sent) {
      given.progress(sent);
      cancelStall();
      if (sent <= part.from || sent >= part.to) return;
      const size = part.to - part.from;
      const elapsed = now() - part.at;
      const expected = (elapsed * size) / (sent - part.from);
      if (size > bounds.chunkBytes.least && elapsed >= times.chunkMs && expected >= times.chunkMs * 2) {
        chunk.took(sent - part.from, elapsed);
        stopsAt(true);
      } else cancelStall = ports.after(times.uploadStallMs, () => stopsAt(false));
    },
    onChunkComplete(bytes, accepted) {
      given.kept(accepted);
      chunk.took(bytes, now() - part.at);
      upload.options.chunkSize = chunk.bytes;
    },
    onSuccess: () => resolve(),
    onError(error) {
      const answered = error instanceof DetailedError ? error : null;
      const method = answered?.originalRequest?.getMethod() ?? 'POST';
      const answer = answered?.originalResponse;
      const wire = answer ? wireIn(answer.getBody()) : null;
      const bytes = method === 'PATCH' ? part.to - part.from : 0;
      reject(new TransferFailure({ method, status: answer?.getStatus() ?? null, wire, bytes }));
    },
  });
  const stop = () => {
    void upload.abort();
    reject(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  upload.start();
  try {
    await promise;
  } finally {
    cancelStall();
    signal.removeEventListener('abort', stop);
  }
}

/** A browser's own tells how far a body is. */
async function stackOf({ ports }: TransferParts): Promise<HttpStack | undefined> {
  if (typeof XMLHttpRequest !== 'undefined') return undefined;
  const { FetchStack } = await import('./fetch-stack.ts');
  return new FetchStack(ports.fetch);
}

/** Parts of a blob are blobs: nothing of it is read here. */
function sourceOf(data: Blob) {
  return {
    size: data.size,
    slice: async (start: number, end: number) => ({ value: data.slice(start, end), done: end >= data.size }),
    close() {},
  };
}

function wireIn(body: string | undefined): WireError | null {
  try {
    const { error } = JSON.parse(body ?? '') as { error?: WireError };
    return typeof error?.code === 'string' ? error : null;
  } catch {
    return null;
  }
}
