import { createConnectionsDoor } from '@confab/transports/connections';
import type { Certificate, Door, DoorParts } from '@confab/transports/door';
import { createEventsDoor } from '@confab/transports/events';
import { createGraphqlGateway } from '@confab/transports/gateways/graphql';
import { createMqttGateway } from '@confab/transports/gateways/mqtt';
import { createPeerJsGateway } from '@confab/transports/gateways/peerjs';
import { createSignalRGateway } from '@confab/transports/gateways/signalr';
import { createSocketIoGateway } from '@confab/transports/gateways/socketio';
import { createWebhooksGateway } from '@confab/transports/gateways/webhooks';
import { createWebSocketDoor } from '@confab/transports/websocket';
import type { ServerConfig } from './config.ts';

type DoorsConfig = Pick<ServerConfig, 'host' | 'mqttPort' | 'graphiql'>;

/** Every door and gateway of this server, as they are mounted. */
export function createDoors(
  parts: DoorParts,
  { host, mqttPort, graphiql }: DoorsConfig,
  certificate: Certificate | null,
): Door[] {
  return [
    createWebSocketDoor(parts),
    createEventsDoor(parts),
    createConnectionsDoor(parts),
    createWebhooksGateway(parts),
    createPeerJsGateway(parts),
    createSocketIoGateway(parts),
    createSignalRGateway(parts),
    createGraphqlGateway(parts, { explorer: graphiql }),
    createMqttGateway(parts, { tcp: mqttPort === null ? null : { port: mqttPort, host, certificate } }),
  ];
}
