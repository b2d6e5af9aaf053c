import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Forwarded } from './forward-request.ts';
import { notForHere } from './internal-listener.ts';

/** Passes an upgrade on. Once the other node has agreed, bytes go both ways until either side ends; else its answer. */
export function forwardUpgrade(outgoing: ClientRequest, socket: Duplex, head: Buffer): Promise<Forwarded> {
  return new Promise((resolve) => {
    const finish = (): void => {
      outgoing.destroy();
      resolve('done');
    };
    // Nobody else listens to it yet: a reset must not become an uncaught error.
    const onError = (): void => void socket.destroy();
    const giveBack = (): void => {
      outgoing.destroy();
      socket.off('error', onError);
      socket.off('close', finish);
      resolve(socket.destroyed ? 'done' : 'untouched');
    };
    socket.on('error', onError);
    socket.once('close', finish);
    outgoing.on('error', giveBack);
    outgoing.once('response', (incoming) => {
      if (incoming.statusCode === notForHere) {
        giveBack();
        return;
      }
      outgoing.off('error', giveBack);
      outgoing.on('error', onError);
      socket.write(`${firstLines(incoming)}Connection: close\r\n\r\n`);
      incoming.on('error', onError);
      incoming.pipe(socket);
      socket.once('finish', () => socket.destroy());
    });
    outgoing.once('upgrade', (incoming, other: Socket, first: Buffer) => {
      outgoing.off('error', giveBack);
      outgoing.on('error', onError);
      socket.write(`${firstLines(incoming)}\r\n`);
      join(socket, head, other, first);
    });
    outgoing.end();
  });
}

function join(one: Duplex, fromOne: Buffer, other: Socket, fromOther: Buffer): void {
  other.setNoDelay(true);
  other.setKeepAlive(true, keepAliveMs);
  other.on('error', () => void one.destroy());
  other.once('close', () => void one.destroy());
  one.once('close', () => void other.destroy());
  if (fromOther.length > 0) one.write(fromOther);
  if (fromOne.length > 0) other.write(fromOne);
  one.pipe(other);
  other.pipe(one);
}

/** Milliseconds of silence between nodes after which the system asks whether the other machine is still there. */
const keepAliveMs = 15_000;

function firstLines({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const isOurs = statusCode !== 101 && /^(connection|keep-alive|transfer-encoding)$/i.test(rawHeaders[index] ?? '');
    if (!isOurs) lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n`;
}
