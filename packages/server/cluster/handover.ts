import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Door } from '@confab/transports/door';

/** Gives what came for a door to that door: here, or on the node that the request names. */
export interface Handover {
  request(door: Door, request: IncomingMessage, response: ServerResponse): void;
  upgrade(door: Door, request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Of a server that is alone. */
export const toOwnDoors: Handover = {
  request: (door, request, response) => door.handleRequest?.(request, response),
  upgrade: (door, request, socket, head) => door.handleUpgrade?.(request, socket, head),
};
