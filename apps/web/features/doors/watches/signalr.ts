import { sentence } from '../../../language/sentences.ts';
import { type DoorWatch, keepTrying } from '../door-watch.ts';

export const signalRWatch: DoorWatch = {
  name: sentence('SignalR'),
  manner: sentence('One hub, with rooms to join'),
  client: '@microsoft/signalr',
  start: (room, listener) =>
    keepTrying(listener, async (signal, opened) => {
      const { HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr');
      signal.throwIfAborted();
      const connection = new HubConnectionBuilder()
        .withUrl('/signalr')
        // What goes wrong shows on the card.
        .configureLogging(LogLevel.None)
        .build();
      connection.on('message', (message: { clientId: string }) => {
        listener.received(JSON.stringify(message).length);
        listener.message(message.clientId);
      });
      const ended = new Promise<void>((resolve) => connection.onclose(() => resolve()));
      signal.addEventListener('abort', () => void connection.stop());
      // It negotiates, and only then opens the WebSocket.
      listener.asked();
      await connection.start();
      listener.asked();
      await connection.invoke('Join', room);
      opened();
      await ended;
    }),
};
