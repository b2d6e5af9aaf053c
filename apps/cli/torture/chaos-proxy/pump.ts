import type { Socket } from 'node:net';
import type { PaceName } from './fates.ts';

export interface Way {
  readonly pace: PaceName;
  readonly random: () => number;
  /** Shared by both directions of a connection. */
  readonly bytesLeft: { count: number };
}

type Send = (bytes: Buffer) => void;
type Pace = (chunk: Buffer, send: Send, random: () => number) => Promise<void>;

const longestDelayMs = 60;
const longestStallMs = 2_500;
const stallShare = 0.05;
/** So many bytes of a chunk go one by one; the rest follows, or a large page would take minutes. */
const bytewiseBytes = 400;

const paces: Readonly<Record<PaceName, Pace>> = {
  async plain(chunk, send) {
    send(chunk);
  },
  async delayed(chunk, send, random) {
    await pause(random() * longestDelayMs);
    send(chunk);
  },
  async split(chunk, send, random) {
    for (let at = 0; at < chunk.length; ) {
      const end = at + 1 + Math.floor(random() * 1_000);
      send(chunk.subarray(at, end));
      at = end;
      await turn();
    }
  },
  async bytewise(chunk, send) {
    const single = Math.min(chunk.length, bytewiseBytes);
    for (let at = 0; at < single; at += 1) {
      send(chunk.subarray(at, at + 1));
      await turn();
    }
    send(chunk.subarray(single));
  },
  async stalled(chunk, send, random) {
    const kept = random() < stallShare ? Math.floor(random() * chunk.length) : 0;
    if (kept > 0) {
      send(chunk.subarray(0, kept));
      await pause(random() * longestStallMs);
    }
    send(chunk.subarray(kept));
  },
};

/** Carries what `from` says to all of `to`, in order, until one of them ends or the bytes that were left have gone. */
export async function pumpWith(from: Socket, to: readonly Socket[], { pace, random, bytesLeft }: Way): Promise<void> {
  const send = (bytes: Buffer) => {
    const allowed = bytes.subarray(0, Math.max(0, bytesLeft.count));
    bytesLeft.count -= bytes.length;
    if (allowed.length > 0) for (const socket of to) socket.write(allowed);
  };
  try {
    for await (const chunk of from) {
      await paces[pace](chunk as Buffer, send, random);
      // What was written first goes out before the end does.
      if (bytesLeft.count <= 0) break;
      await Promise.all(to.map(roomIn));
    }
  } catch {
    // It was cut by either side, which is what it is for.
  }
}

/** Resolves when a socket takes more, or has ended. */
function roomIn(socket: Socket): Promise<void> {
  if (!socket.writableNeedDrain || socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
