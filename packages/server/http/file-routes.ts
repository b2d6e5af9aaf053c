import type { Chat } from '@confab/chat';
import type { Ask } from '@confab/engine';
import { type Result, toWireError, type WireError } from '@confab/protocol';
import { BlobMissing, type Blobs, BlobsUnavailable, type ByteRange } from '@confab/storage/blobs';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from './answers.ts';
import { tokenOf } from './credentials.ts';
import { sendBytes } from './send-bytes.ts';
import { takenOver } from './taken-over.ts';

export interface FileRouteParts {
  readonly ask: Ask;
  readonly chat: Pick<Chat, 'files' | 'execute'>;
  readonly blobs: Blobs;
}

/** What a browser shows or plays by itself and cannot run. Everything else is saved, and its type is not told. */
const shownTypes = new Set([
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'],
  ...['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime', 'video/x-matroska'],
  ...['audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/ogg', 'audio/webm', 'audio/wav', 'audio/aac', 'audio/flac'],
  ...['application/pdf'],
]);

/** Whatever is in it: nothing of it runs, and it reaches nothing. */
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** What is said of content and nothing else. */
const ofContent = ['content-length', 'content-range', 'content-disposition', 'accept-ranges', 'etag', 'vary'];

type Located = Result<'file.locate'>;
type FileRequest = FastifyRequest<{
  Params: { file: string };
  Querystring: { access?: string; preview?: string; download?: string };
}>;

/**
 * `GET /api/v1/files/:file/content`: a file's bytes, or with `?preview=<width>` a smaller picture of it, in whole or a
 * range. With `?download` it is saved under its name. Asked for by cookie or token, or by an address of
 * `file.address`; whether the asker may have it is asked each time.
 */
export function addFileRoutes(app: FastifyInstance, parts: FileRouteParts): void {
  app.get('/api/v1/files/:file/content', async (request: FileRequest, reply) => {
    const located = await locate(parts, request);
    if ('error' in located) return sendError(reply, located.error);
    return send(parts.blobs, located, request, reply);
  });
}

async function locate(parts: FileRouteParts, request: FileRequest): Promise<Located | { error: WireError }> {
  const { file } = request.params;
  const { access, preview } = request.query;
  const params = { file, ...(preview === undefined ? {} : { preview: Number(preview) }) };
  const origin = { agent: request.headers['user-agent'] ?? '', address: request.ip };
  const command = 'file.locate';
  if (access === undefined) {
    const outcome = await parts.ask({ token: tokenOf(request.raw), command, params, ...origin });
    if ('error' in outcome) return outcome;
    return ('json' in outcome ? JSON.parse(outcome.json) : outcome.result) as Located;
  }
  const asker = await parts.chat.files.asker(file, access);
  if (!asker) return { error: toWireError('link-invalid') };
  const outcome = await parts.chat.execute(asker, command, params, undefined, origin);
  return 'error' in outcome ? outcome : (outcome.result as Located);
}

async function send(blobs: Blobs, located: Located, request: FileRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { content, type, size } = chosen(located, request);
  const isShown = shownTypes.has(type) && request.query.download === undefined;
  const etag = `"${content}"`;
  reply.headers({
    'cache-control': 'private, no-cache',
    etag,
    'accept-ranges': 'bytes',
    'content-security-policy': filePolicy,
    'content-disposition': contentDisposition(located.name, { type: isShown ? 'inline' : 'attachment' }),
    ...(located.avif ? { vary: 'accept' } : {}),
  });
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  reply.type(shownTypes.has(type) ? type : 'application/octet-stream');
  const range = rangeOf(request.headers.range, size);
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send();
  const isWhole = range === undefined || isOutdated(request, etag);
  if (!isWhole) reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${size}`);
  reply.header('content-length', isWhole ? size : range.to - range.from + 1);
  if (request.method === 'HEAD') return reply.send();
  try {
    const bytes = await blobs.read(content, isWhole ? undefined : range);
    const response = takenOver(reply);
    response.statusCode = reply.statusCode;
    await sendBytes(bytes, response);
    return reply;
  } catch (error) {
    if (!(error instanceof BlobMissing || error instanceof BlobsUnavailable)) throw error;
    const code = error instanceof BlobMissing ? 'not-found' : 'storage-unavailable';
    for (const name of ofContent) reply.removeHeader(name);
    return sendError(reply.type('application/json'), toWireError(code));
  }
}

function chosen({ avif, content, type, size }: Located, request: FileRequest): Omit<Located, 'name' | 'avif'> {
  const takesAvif = /\bimage\/avif\b/.test(request.headers.accept ?? '');
  return avif && takesAvif ? { ...avif, type: 'image/avif' } : { content, type, size };
}

/** What the asker has a part of is another file by now. */
function isOutdated(request: FileRequest, etag: string): boolean {
  const condition = request.headers['if-range'];
  return condition !== undefined && condition !== etag;
}

/** One stretch of bytes (RFC 9110, section 14.1.2); `undefined` where all of it is to be sent. */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return from > to || from >= size ? 'unsatisfiable' : { from, to };
}
