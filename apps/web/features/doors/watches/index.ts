import { type Sentence, sentence } from '../../../language/sentences.ts';
import type { DoorWatch } from '../door-watch.ts';
import { eventSourceWatch } from './event-source.ts';
import { graphqlWatch } from './graphql.ts';
import { httpStreamWatch } from './http-stream.ts';
import { mqttWatch } from './mqtt.ts';
import { longPollWatch, pollWatch } from './polling.ts';
import { signalRWatch } from './signalr.ts';
import { socketIoWatch } from './socketio.ts';
import { webSocketWatch } from './websocket.ts';

interface WatchGroup {
  readonly title: Sentence;
  readonly watches: readonly DoorWatch[];
}

/** Every way to this server that a page can show, in the order of the page. */
export const watchGroups: readonly WatchGroup[] = [
  {
    title: sentence('Confab’s own protocol'),
    watches: [webSocketWatch, httpStreamWatch, eventSourceWatch, longPollWatch, pollWatch],
  },
  {
    title: sentence('Foreign clients'),
    watches: [socketIoWatch, signalRWatch, graphqlWatch, mqttWatch],
  },
];

export const watches: readonly DoorWatch[] = watchGroups.flatMap((group) => group.watches);
