import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Conversation } from './fuzzed-door.ts';

/** How long an answer, or the end after a farewell, is waited for: what was broken may have none. */
const patienceMs = 200;
/** Frames that are said before an answer is waited for: nobody is faster than the server for long. */
const together = 32;

/** How many frames were said while the connection was open, and bytes that came back. */
export interface Conversed {
  readonly frames: number;
  readonly heard: number;
}

/** Says at most so many frames on one connection. */
export async function converse(url: string, conversation: Conversation, frames: number): Promise<Conversed> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: conversation.port ?? Number(port), noDelay: true });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.resume();
  await Promise.race([once(socket, 'connect').catch(() => {}), closed]);
  let said = 0;
  try {
    for (const bytes of conversation.opening) {
      const answered = anything(socket, closed);
      await say(socket, bytes, closed);
      await answered;
    }
    for (; said < frames && socket.writable; said += 1) {
      await say(socket, conversation.frame(), closed);
      if (said % together !== together - 1) continue;
      const answered = anything(socket, closed);
      await say(socket, conversation.probe, closed);
      // Whom the server does not hear any more says no further frames.
      if (!(await answered)) break;
    }
    if (socket.writable) await say(socket, conversation.farewell, closed);
    await within(closed);
  } finally {
    socket.destroy();
    conversation.end?.();
  }
  return { frames: said, heard: socket.bytesRead };
}

/** Whether something came back before the connection was over, and before it was waited for long enough. */
async function anything(socket: Socket, closed: Promise<void>): Promise<boolean> {
  const before = socket.bytesRead;
  await within(Promise.race([once(socket, 'data').catch(() => {}), closed]));
  return socket.bytesRead > before;
}

async function within(happened: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patienceMs);
  await Promise.race([happened, promise]);
  clearTimeout(timer);
}

async function say(socket: Socket, bytes: Buffer, closed: Promise<void>): Promise<void> {
  if (!socket.writable || socket.write(bytes)) return;
  await Promise.race([once(socket, 'drain').catch(() => {}), closed]);
}
