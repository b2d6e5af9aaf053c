import type { AskingDoor } from '../asking-door.ts';
import { connectionsDoor } from './connections.ts';
import { graphqlHttpDoor, graphqlSocketDoor } from './graphql.ts';
import { httpDoor } from './http.ts';
import { mqttDoor } from './mqtt.ts';
import { signalRDoor } from './signalr.ts';
import { socketIoDoor } from './socketio.ts';
import { webSocketDoor } from './websocket.ts';

/** Every door that the authorisation table is held against. */
export const askingDoors: readonly AskingDoor[] = [
  httpDoor,
  webSocketDoor,
  connectionsDoor,
  socketIoDoor,
  signalRDoor,
  graphqlHttpDoor,
  graphqlSocketDoor,
  mqttDoor,
];

/** Doors that nobody can ask anything through: what they let do is one thing, decided where that is. */
export const doorsWithoutCommands: Readonly<Record<string, string>> = {
  events: 'It only tells: GET, with nothing to ask.',
  webhooks: 'Its token may post into one room, and has no session.',
  peerjs: 'It introduces peers to each other: `peer.claim`, `peer.reach` and the like are asked by the gateway itself.',
};
