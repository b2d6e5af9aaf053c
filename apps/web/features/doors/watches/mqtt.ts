import { sentence } from '../../../language/sentences.ts';
import { type DoorWatch, keepTrying } from '../door-watch.ts';

export const mqttWatch: DoorWatch = {
  name: sentence('MQTT'),
  manner: sentence('Topics, over WebSocket'),
  client: 'u8-mqtt',
  start: (room, listener) =>
    keepTrying(listener, async (signal, opened) => {
      const { mqtt_v5 } = await import('u8-mqtt');
      signal.throwIfAborted();
      listener.asked();
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/mqtt`, 'mqtt');
      signal.addEventListener('abort', () => socket.close());
      const ended = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
      const topic = `rooms/${room}/messages`;
      // What goes wrong shows on the card, and not in the console.
      const client = mqtt_v5({ log_conn() {}, on_error() {}, on_disconnect() {} })
        .with_websock(socket)
        .on_topic(topic, (packet) => {
          listener.received(packet.payload.length);
          listener.message((packet.json() as { clientId: string }).clientId);
        });
      const subscribe = async () => {
        await client.connect({ client_id: '' });
        // News only, not what was said last.
        const [answer] = await client.subscribe([topic], { retain_handling: 2 });
        if (answer?.answers.some((code) => code < 0x80)) opened();
        else throw new Error('The room is not there.');
      };
      try {
        // The client waits for an answer for ever when the connection ends before it.
        await Promise.race([subscribe(), ended]);
        await ended;
      } finally {
        socket.close();
      }
    }),
};
