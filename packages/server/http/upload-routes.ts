import type { IncomingMessage, ServerResponse } from 'node:http';
import { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ask, Report } from '@confab/engine';
import { type CommandName, Refusal, type Result, toWireError } from '@confab/protocol';
import { Server as TusServer } from '@tus/server';
import type { FastifyInstance } from 'fastify';
import type { ServerRequest } from 'srvx';
import { NodeRequest, sendNodeResponse } from 'srvx/node';
import { asTusError, type TusError } from '../files/tus-error.ts';
import type { Uploads } from '../files/uploads.ts';
import { tokenOf } from './credentials.ts';
import { takenOver } from './taken-over.ts';

export const uploadsPath = '/api/v1/uploads';

/** How often content that is just being deleted is put there again. */
const mostTries = 5;

export interface UploadRouteParts {
  readonly ask: Ask;
  readonly uploads: Uploads;
  readonly report: Report;
  /** How large a file may be, in bytes. */
  readonly fileBytes: number;
  readonly addressOf: (request: IncomingMessage) => string;
}

/**
 * The bytes of files, by the tus protocol 1.0.0 (creation, creation-with-upload, termination): `file.begin`,
 * `file.complete` and `file.discard` are asked as by any other door. Who begins here says the room and the name in
 * `Upload-Metadata`: `room`, `filename`, and if they like `sha256`, `about` (JSON) and `posterOf`.
 */
export function addUploadRoutes(app: FastifyInstance, parts: UploadRouteParts): void {
  const { uploads, fileBytes, report } = parts;

  async function asked<Name extends CommandName>(
    request: ServerRequest,
    command: Name,
    params: unknown,
  ): Promise<Result<Name>> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await parts.ask({
        token: tokenOf({ headers: Object.fromEntries(request.headers) }),
        command,
        params,
        agent: request.headers.get('user-agent') ?? '',
        address: request.runtime?.node ? parts.addressOf(request.runtime.node.req as IncomingMessage) : '',
      });
      if (!('error' in outcome)) {
        return ('json' in outcome ? JSON.parse(outcome.json) : outcome.result) as Result<Name>;
      }
      const { code, retryAfterMs } = outcome.error;
      if (code !== 'overloaded' || retryAfterMs === undefined || tries >= mostTries) throw asTusError(outcome.error);
      await pause(retryAfterMs);
    }
  }

  async function completeIfWhole(request: ServerRequest, file: string): Promise<void> {
    const { offset, size } = await uploads.store.getUpload(file);
    if (offset === size && offset > 0) await complete(request, file);
  }

  async function complete(request: ServerRequest, file: string): Promise<void> {
    await asked(request, 'file.complete', { file });
    await uploads.remove(file);
  }

  const tus = new TusServer({
    path: uploadsPath,
    datastore: uploads.store,
    relativeLocation: true,
    maxSize: fileBytes,
    // Whose pages may read answers is for this server's own rule to say.
    allowedOrigins: () => false,
    async namingFunction(request, metadata = {}) {
      const size = Number(request.headers.get('upload-length'));
      const { room, filename, name = filename, sha256, about, posterOf } = metadata;
      const begun = await asked(request, 'file.begin', {
        ...{ room, name, size },
        ...(sha256 ? { sha256 } : {}),
        ...(posterOf ? { posterOf } : {}),
        ...(about ? { about: parsed(about) } : {}),
      });
      return begun.file;
    },
    async onIncomingRequest(request, file) {
      if (request.method === 'POST') return;
      if (request.method === 'DELETE') {
        await asked(request, 'file.discard', { file });
        return;
      }
      const { arrived, placed } = await asked(request, 'file.show', { file });
      // Who may see it may not write to it.
      if (arrived && request.method === 'PATCH') throw { status_code: 409, body: '' } satisfies TusError;
      if (arrived && placed.message !== null) throw asTusError(toWireError('not-found'));
      // The server ended after the last byte and before it looked at the file.
      if (!arrived && request.method === 'HEAD') await completeIfWhole(request, file);
    },
    async onUploadFinish(request, { id }) {
      await complete(request, id);
      return {};
    },
    onResponseError(_request, error) {
      if ('status_code' in error) return error;
      if (error instanceof Refusal) return asTusError(error.toWire());
      report('error', 'an upload failed', { error });
      return asTusError(toWireError('internal'));
    },
  });

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const request = new NodeRequest({ req, res });
    Object.defineProperty(request, 'body', { value: ReadableStream.from(bytesOf(req)) });
    await sendNodeResponse(res, await tus.handleWeb(request));
  }

  app.register((scope, _options, done) => {
    // What is sent is left to tus, which takes it as it comes.
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    for (const url of [uploadsPath, `${uploadsPath}/`, `${uploadsPath}/:file`]) {
      scope.route({
        method: ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
        url,
        handler(request, reply) {
          void answer(request.raw, takenOver(reply));
        },
      });
    }
    done();
  });
}

/**
 * What comes, as it comes: the stream that Node makes of a request copies all of it. One who stops reading leaves the
 * request as it is, for the answer.
 */
function bytesOf(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw asTusError(toWireError('invalid-params', { path: '/about', problem: 'it is not JSON' }));
  }
}
