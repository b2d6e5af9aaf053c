import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Door } from '@confab/transports/door';
import { refuseUpgrade } from '@confab/transports/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Handover } from '../cluster/handover.ts';
import { isBelow } from './is-below.ts';
import { takenOver } from './taken-over.ts';

/** Gives each door the requests and upgrades below its path; their bodies are for the door to read. */
export async function mountDoors(app: FastifyInstance, doors: readonly Door[], handover: Handover): Promise<void> {
  for (const door of doors) {
    if (door.handleRequest) await app.register((scope, _options, done) => done(mountRequests(scope, door, handover)));
  }
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const door = doors.find((each) => each.handleUpgrade && isBelow(request.url ?? '', each));
    if (door) handover.upgrade(door, request, socket, head);
    else refuseUpgrade(socket, 'not-found');
  });
}

function mountRequests(scope: FastifyInstance, door: Door, handover: Handover): undefined {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const handler = (request: FastifyRequest, reply: FastifyReply): void => {
    handover.request(door, request.raw as IncomingMessage, takenOver(reply));
  };
  scope.all(door.path, handler);
  scope.all(`${door.path}/*`, handler);
}
