import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ask } from '@confab/engine';
import type { CommandName, Result, WireError } from '@confab/protocol';
import { BlobMissing, type Blobs } from '@confab/storage/blobs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ExportPart } from '../exports/export-files.ts';
import { sendError } from './answers.ts';
import { tokenOf } from './credentials.ts';

/** Who fetches more than they may in a moment waits, instead of getting half a file. */
const mostWaits = 50;
const longestWaitMs = 5_000;

class Asking {
  readonly #ask: Ask;
  readonly #request: FastifyRequest;

  constructor(ask: Ask, request: FastifyRequest) {
    this.#ask = ask;
    this.#request = request;
  }

  /** Asks as whoever made the request, each time anew: a right that ends ends the file. */
  async of<Name extends CommandName>(command: Name, params: unknown): Promise<Result<Name> | { error: WireError }> {
    const { raw, headers, ip } = this.#request;
    for (let waits = 0; ; waits += 1) {
      const agent = headers['user-agent'] ?? '';
      const outcome = await this.#ask({ token: tokenOf(raw), command, params, agent, address: ip });
      if (!('error' in outcome)) return ('json' in outcome ? JSON.parse(outcome.json) : outcome.result) as Result<Name>;
      const { retryAfterMs } = outcome.error;
      if (retryAfterMs === undefined || waits >= mostWaits) return { error: outcome.error };
      await pause(Math.min(retryAfterMs, longestWaitMs));
    }
  }
}

async function* partsOf(asking: Asking, id: string, first: Result<'export.part'>): AsyncGenerator<ExportPart> {
  for (let part = first; ; ) {
    yield part;
    if (part.next === null) return;
    const next = await asking.of('export.part', { export: id, part: part.next });
    if ('error' in next) throw new Error(`A piece of an export was refused: ${next.error.code}`);
    part = next;
  }
}

/** `null` for content that is not there any more: the rest is taken along without it. */
const openFrom = (blobs: Blobs) => async (sha256: string) => {
  try {
    return await blobs.read(sha256);
  } catch (error) {
    if (error instanceof BlobMissing) return null;
    throw error;
  }
};

/** `GET /api/v1/exports/:export/file`: an export that is ready, as a zip, for whoever had it made ([G7]). */
export function addExportRoutes(app: FastifyInstance, ask: Ask, blobs: Blobs): void {
  app.get<{ Params: { export: string } }>('/api/v1/exports/:export/file', async (request, reply) => {
    const asking = new Asking(ask, request);
    const id = request.params.export;
    const first = await asking.of('export.part', { export: id, part: 1 });
    if ('error' in first) return sendError(reply, first.error);
    const listed = await asking.of('export.list', {});
    if ('error' in listed) return sendError(reply, listed.error);
    const made = listed.exports.find((each) => each.export.id === id)?.export ?? {
      what: 'account' as const,
      title: '',
    };
    // Loaded when somebody takes something along: a server that has just started needs none of it.
    const [{ exportFiles }, { zipStream }] = await Promise.all([
      import('../exports/export-files.ts'),
      import('../exports/zip-stream.ts'),
    ]);
    const home = await asking.of('account.home', {});
    if ('error' in home) return sendError(reply, home.error);
    const language = home.settings.language ?? 'en';
    const name = made.what === 'account' ? 'confab-my-data.zip' : 'confab-room.zip';
    return reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .type('application/zip')
      .send(Readable.from(zipStream(exportFiles(made, partsOf(asking, id, first), language, openFrom(blobs)))));
  });
}
