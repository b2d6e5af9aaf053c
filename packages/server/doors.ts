import { createConnectionsDoor } from '@confab/transports/connections';
import type { Certificate, Door, DoorParts } from '@confab/transports/door';
import { createEventsDoor } from '@confab/transports/events';
import { createWebhooksGateway } from '@confab/transports/gateways/webhooks';
import { lazyDoor } from '@confab/transports/lazy-door';
import { nodeNamedIn } from '@confab/transports/node-ids';
import { createWebSocketDoor } from '@confab/transports/websocket';
import type { ServerConfig } from './config.ts';

interface DoorsConfig extends Pick<ServerConfig, 'host' | 'mqttPort' | 'graphiql'> {
  /** Other processes listen on the same ports. */
  readonly sharesPorts: boolean;
}

const both = { requests: true, upgrades: true };
/** Where `graphql-sse` has the token of a reserved stream. */
const reservedStream = { header: 'x-graphql-event-stream-token', query: 'token' };

/** Every door and gateway of this server, as they are mounted: the foreign ones are loaded with their first client. */
export async function createDoors(
  parts: DoorParts,
  { host, mqttPort, graphiql, sharesPorts }: DoorsConfig,
  certificate: Certificate | null,
): Promise<Door[]> {
  const { report } = parts;
  return [
    createWebSocketDoor(parts),
    createEventsDoor(parts),
    createConnectionsDoor(parts),
    createWebhooksGateway(parts),
    lazyDoor({ name: 'peerjs', path: '/peerjs', takes: both }, report, async () => {
      const { createPeerJsGateway } = await import('@confab/transports/gateways/peerjs');
      return createPeerJsGateway(parts);
    }),
    lazyDoor(
      { name: 'socket.io', path: '/socket.io', takes: both, nodeOf: nodeNamedIn({ query: 'sid' }) },
      report,
      async () => {
        const { createSocketIoGateway } = await import('@confab/transports/gateways/socketio');
        return createSocketIoGateway(parts);
      },
    ),
    lazyDoor(
      { name: 'signalr', path: '/signalr', takes: both, nodeOf: nodeNamedIn({ query: 'id' }) },
      report,
      async () => {
        const { createSignalRGateway } = await import('@confab/transports/gateways/signalr');
        return createSignalRGateway(parts);
      },
    ),
    lazyDoor(
      { name: 'graphql', path: '/graphql', takes: both, nodeOf: nodeNamedIn(reservedStream) },
      report,
      async () => {
        const { createGraphqlGateway } = await import('@confab/transports/gateways/graphql');
        return createGraphqlGateway(parts, { explorer: graphiql });
      },
    ),
    await mqttDoor(parts, mqttPort === null ? null : { port: mqttPort, host, certificate, sharesPort: sharesPorts }),
  ];
}

interface MqttPort {
  readonly port: number;
  readonly host: string;
  readonly certificate: Certificate | null;
  readonly sharesPort: boolean;
}

/** With a port of its own MQTT has to listen from the start. */
async function mqttDoor(parts: DoorParts, tcp: MqttPort | null): Promise<Door> {
  const load = async (): Promise<Door> => {
    const { createMqttGateway } = await import('@confab/transports/gateways/mqtt');
    return createMqttGateway(parts, { tcp });
  };
  if (tcp !== null) return load();
  return lazyDoor({ name: 'mqtt', path: '/mqtt', takes: { requests: false, upgrades: true } }, parts.report, load);
}
