import { sentence } from '../../../language/sentences.ts';
import { type DoorWatch, vainAttempts, type WatchListener } from '../door-watch.ts';

export const socketIoWatch: DoorWatch = {
  name: sentence('Socket.IO'),
  manner: sentence('Rooms, recovered from the log'),
  client: 'socket.io-client',
  start(room, listener) {
    const stop = new AbortController();
    void connect(room, listener, stop.signal).catch(() => listener.state('failed'));
    return () => stop.abort();
  },
};

async function connect(room: string, listener: WatchListener, signal: AbortSignal): Promise<void> {
  listener.state('connecting');
  const { io } = await import('socket.io-client');
  if (signal.aborted) return;
  const socket = io({ auth: { room }, transports: ['websocket', 'polling'] });
  signal.addEventListener('abort', () => socket.disconnect());
  listener.asked();
  let inVain = 0;
  socket.on('connect', () => {
    inVain = 0;
    listener.state('open');
  });
  socket.on('disconnect', () => listener.state('waiting'));
  socket.io.on('reconnect_attempt', () => listener.asked());
  // It tries again by itself, but for a refusal.
  socket.on('connect_error', () => {
    inVain += 1;
    listener.state(socket.active && inVain < vainAttempts ? 'waiting' : 'failed');
  });
  socket.on('message', (message: { clientId: string }) => {
    listener.received(JSON.stringify(message).length);
    listener.message(message.clientId);
  });
}
