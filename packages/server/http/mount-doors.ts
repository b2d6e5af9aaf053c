import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Door } from '@confab/transports/door';
import { refuseUpgrade } from '@confab/transports/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Gives each door the requests and upgrades below its path; their bodies are for the door to read. */
export async function mountDoors(app: FastifyInstance, doors: readonly Door[]): Promise<void> {
  for (const door of doors) {
    if (door.handleRequest) await app.register((scope, _options, done) => done(mountRequests(scope, door)));
  }
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const door = doors.find((each) => each.handleUpgrade && isBelow(request.url ?? '', each));
    if (door?.handleUpgrade) door.handleUpgrade(request, socket, head);
    else refuseUpgrade(socket, 'not-found');
  });
}

export function isBelow(url: string, door: Door): boolean {
  const [path = ''] = url.split('?');
  return path === door.path || path.startsWith(`${door.path}/`);
}

function mountRequests(scope: FastifyInstance, door: Door): undefined {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const handler = (request: FastifyRequest, reply: FastifyReply): void => {
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.hijack();
    door.handleRequest?.(request.raw as IncomingMessage, reply.raw as ServerResponse);
  };
  scope.all(door.path, handler);
  scope.all(`${door.path}/*`, handler);
}
