import { sentence } from '../../../language/sentences.ts';
import { type DoorWatch, hear } from '../door-watch.ts';

export const eventSourceWatch: DoorWatch = {
  name: sentence('Server-Sent Events'),
  manner: sentence('One response that goes on'),
  client: 'new EventSource(…)',
  start(room, listener) {
    listener.state('connecting');
    listener.asked();
    const source = new EventSource(`/api/v1/events?room=${room}`);
    source.onopen = () => listener.state('open');
    source.onmessage = ({ data }: MessageEvent<string>) => {
      listener.received(data.length);
      hear(listener, [JSON.parse(data)]);
    };
    // It comes back by itself, from where it stood.
    source.onerror = () => {
      const gone = source.readyState === EventSource.CLOSED;
      listener.state(gone ? 'failed' : 'waiting');
      if (!gone) listener.asked();
    };
    return () => source.close();
  },
};
