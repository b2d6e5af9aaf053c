import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Publish } from './rival-messages.ts';

/** Socket.IO as its documentation shows it: everyone in one room, one `emit` per event. Compression is off by default. */
const http = createServer();
const io = new Server(http, { transports: ['websocket'] });
io.on('connection', (socket) => socket.join('busy'));

process.on('message', ({ text, times }: Publish) => {
  const event: unknown = JSON.parse(text);
  for (let count = 0; count < times; count += 1) io.to('busy').emit('event', event);
});
process.on('disconnect', () => process.exit());

http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
