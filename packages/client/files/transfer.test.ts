import type { FileId } from '@confab/protocol';
import type { HttpResponse, HttpStack } from 'tus-js-client';
import { describe, expect, it } from 'vitest';
import { bounds, times } from '../bounds.ts';
import { fakePorts } from '../testing/fake-ports.ts';
import { until } from '../testing/until.ts';
import { ChunkSize } from './chunk-size.ts';
import { TransferFailure, transfer } from './transfer.ts';

const { first, least } = bounds.chunkBytes;

const answer = (status: number, headers: Record<string, string>): HttpResponse => ({
  getStatus: () => status,
  getHeader: (name) => headers[name.toLowerCase()],
  getBody: () => '',
  getUnderlyingObject: () => null,
});

/** Requests as a browser makes them: they tell how far they are, and a test says when they are answered. */
function heldStack(size: number) {
  const held = { progress: (_bytes: number) => {}, sent: 0, aborted: 0, answer: (_offset: number) => {} };
  const stack: HttpStack = {
    getName: () => 'held',
    createRequest(method, url) {
      const headers = new Map<string, string>();
      return {
        getMethod: () => method,
        getURL: () => url,
        setHeader: (name, value) => void headers.set(name, value),
        getHeader: (name) => headers.get(name),
        setProgressHandler(handler) {
          held.progress = handler;
        },
        send(body: Blob | null) {
          if (method === 'HEAD') {
            return Promise.resolve(answer(200, { 'upload-offset': '0', 'upload-length': String(size) }));
          }
          held.sent = body?.size ?? 0;
          return new Promise((resolve) => {
            held.answer = (offset) => resolve(answer(204, { 'upload-offset': String(offset) }));
          });
        },
        async abort() {
          held.aborted += 1;
        },
        getUnderlyingObject: () => null,
      };
    },
  };
  return { held, stack };
}

function begin(size: number) {
  const { held, stack } = heldStack(size);
  const ports = fakePorts();
  const chunk = new ChunkSize();
  const stop = new AbortController();
  const progress: number[] = [];
  const parts = { ports, chunk, stack, headers: {}, endpoint: 'http://confab.test/api/v1/uploads' };
  const data = new Blob([Buffer.alloc(size)]);
  const kept: number[] = [];
  const given = {
    data,
    file: 'file-1' as FileId,
    metadata: {},
    begun() {},
    kept: (bytes: number) => kept.push(bytes),
    progress: (sent: number) => progress.push(sent),
  };
  let failure: unknown;
  const done = transfer(parts, given, stop.signal).catch((error: unknown) => {
    failure = error;
  });
  return { held, ports, chunk, stop, done, progress, kept, failure: () => failure };
}

describe('bytes on their way', () => {
  it('are told of as they go', async () => {
    const { held, done, progress, kept, failure } = begin(1_000);
    await until(() => held.sent === 1_000);
    held.progress(400);
    expect(progress.at(-1)).toBe(400);
    held.answer(1_000);
    await done;
    expect([failure(), progress.at(-1)]).toEqual([undefined, 1_000]);
    expect(kept).toEqual([0, 1_000]);
  });

  it('that take too long go on in smaller parts', async () => {
    const { held, ports, chunk, done, failure } = begin(first);
    await until(() => held.sent === first);
    await ports.time.advance(times.chunkMs / 2);
    held.progress(first / 16);
    expect(held.aborted).toBe(0);
    await ports.time.advance(times.chunkMs / 2);
    held.progress(first / 8);
    await done;
    expect(failure()).toMatchObject({ said: { isSlow: true, status: null } });
    expect([held.aborted, chunk.bytes]).toEqual([1, first / 8]);
  });

  it('of which there are too few for smaller parts take the time that they take', async () => {
    const { held, ports, done, failure } = begin(least);
    await until(() => held.sent === least);
    for (const part of [0.1, 0.2, 0.3]) {
      await ports.time.advance(times.chunkMs);
      held.progress(least * part);
    }
    held.answer(least);
    await done;
    expect(failure()).toBeUndefined();
  });

  it('that are soon there are waited for', async () => {
    const { held, ports, done, failure } = begin(first);
    await until(() => held.sent === first);
    await ports.time.advance(times.chunkMs);
    held.progress(first * 0.9);
    held.progress(first);
    // The server looks at all of it, which may take its time.
    await ports.time.advance(times.uploadStallMs * 2);
    held.answer(first);
    await done;
    expect(failure()).toBeUndefined();
  });

  it('of which none goes out any more are given up', async () => {
    const { held, ports, done, failure } = begin(1_000);
    await until(() => held.sent === 1_000);
    held.progress(10);
    await ports.time.advance(times.uploadStallMs);
    await done;
    expect(failure()).toBeInstanceOf(TransferFailure);
    expect(failure()).toMatchObject({ said: { isSlow: false, status: null, bytes: 1_000 } });
    expect(held.aborted).toBe(1);
  });

  it('stop when they are told to', async () => {
    const { held, stop, done, failure } = begin(1_000);
    await until(() => held.sent === 1_000);
    stop.abort(new Error('enough'));
    await done;
    expect(failure()).toEqual(new Error('enough'));
    expect(held.aborted).toBe(1);
  });
});
