import { sentence } from '../../../language/sentences.ts';
import { type DoorWatch, hear, keepTrying } from '../door-watch.ts';

export const httpStreamWatch: DoorWatch = {
  name: sentence('HTTP stream'),
  manner: sentence('Lines of JSON; HTTP/2 under TLS'),
  client: 'fetch(…)',
  start: (room, listener) =>
    keepTrying(listener, async (signal, opened) => {
      listener.asked();
      const headers = { accept: 'application/x-ndjson' };
      const response = await fetch(`/api/v1/events?room=${room}`, { headers, signal });
      if (!response.ok) throw new Error(response.statusText);
      opened();
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ''; reader !== undefined; ) {
        const { done, value } = await reader.read();
        if (done) return;
        listener.received(value.length);
        const lines = `${rest}${value}`.split('\n');
        rest = lines.pop() ?? '';
        hear(
          listener,
          lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown),
        );
      }
    }),
};
