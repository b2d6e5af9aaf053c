import type { DoorWatch } from '../door-watch.ts';
import { eventSourceWatch } from './event-source.ts';
import { httpStreamWatch } from './http-stream.ts';
import { longPollWatch, pollWatch } from './polling.ts';
import { socketIoWatch } from './socketio.ts';
import { webSocketWatch } from './websocket.ts';

/** Every way to this server that a page can show, in the order of the page. */
export const watches: readonly DoorWatch[] = [
  webSocketWatch,
  httpStreamWatch,
  eventSourceWatch,
  longPollWatch,
  pollWatch,
  socketIoWatch,
];
