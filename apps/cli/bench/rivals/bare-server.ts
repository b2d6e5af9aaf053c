import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { Publish } from './rival-messages.ts';

/**
 * Node's floor: nothing but a loop that writes one prepared buffer of WebSocket frames to each socket. It knows no
 * rooms, no people, no pings and no slow readers.
 */
const sockets = new Set<Socket>();

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
  socket.once('data', (request) => {
    const key = /sec-websocket-key: (\S+)/i.exec(request.toString('latin1'))?.[1] ?? '';
    // RFC 6455, section 4.2.2.
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.resume();
  });
});

function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const header =
    payload.length < 126 ? [0x81, payload.length] : [0x81, 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from(header), payload]);
}

process.on('message', ({ text, times }: Publish) => {
  const one = frame(text);
  const prepared = Buffer.concat(Array.from({ length: times }, () => one));
  for (const socket of sockets) socket.write(prepared);
});
process.on('disconnect', () => process.exit());

server.listen({ port: 0, host: '127.0.0.1', backlog: 511 }, () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
