import type { DoorKind } from './door-client.ts';
import { graphqlSocketDoor, graphqlStreamDoor } from './graphql.ts';
import { httpApiDoor } from './http-api.ts';
import { httpStreamDoor } from './http-stream.ts';
import { longPollDoor } from './long-poll.ts';
import { mqttTcpDoor, mqttWebSocketDoor } from './mqtt.ts';
import { pollDoor } from './poll.ts';
import { sdkDoor, sdkOverHttpDoor } from './sdk.ts';
import { signalRDoor } from './signalr.ts';
import { socketIoDoor } from './socketio.ts';
import { sseDoor } from './sse.ts';
import { webSocketDoor } from './websocket.ts';

/** Every kind of client there is: a new one is picked up by the journey suite, the torture runs and the benchmarks. */
export const doors: readonly DoorKind[] = [
  webSocketDoor,
  sseDoor,
  httpStreamDoor,
  longPollDoor,
  pollDoor,
  socketIoDoor,
  signalRDoor,
  mqttTcpDoor,
  mqttWebSocketDoor,
  graphqlSocketDoor,
  graphqlStreamDoor,
  httpApiDoor,
  sdkDoor,
  sdkOverHttpDoor,
];
