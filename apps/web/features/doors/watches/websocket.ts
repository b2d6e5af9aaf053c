import { sentence } from '../../../language/sentences.ts';
import { type DoorWatch, hear, keepTrying } from '../door-watch.ts';

export const webSocketWatch: DoorWatch = {
  name: sentence('WebSocket'),
  manner: sentence('One connection, both ways'),
  client: 'new WebSocket(…)',
  start: (room, listener) =>
    keepTrying(listener, (signal, opened) => {
      listener.asked();
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/v1/connect`);
      const send = (id: number, command: string, params: unknown) =>
        socket.send(JSON.stringify({ id, command, params }));
      socket.onopen = () => send(1, 'connection.hello', { versions: [1], client: 'doors' });
      socket.onmessage = ({ data }: MessageEvent<string>) => {
        listener.received(data.length);
        const frames = data.split('\n').map((line) => JSON.parse(line) as { reply?: number });
        for (const { reply } of frames) {
          if (reply === 1) send(2, 'log.listen', { logs: [{ log: `room:${room}`, level: 'live' }] });
          if (reply === 2) opened();
        }
        hear(listener, frames);
      };
      signal.addEventListener('abort', () => socket.close());
      return new Promise((resolve) => {
        socket.onclose = () => resolve();
      });
    }),
};
