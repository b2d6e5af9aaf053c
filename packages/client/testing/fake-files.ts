import type { File, FileAbout, FileId, MessageId, RoomId, UserId, WireError } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import type { FakeServer, Handlers } from './fake-server.ts';

interface FakeFile {
  readonly id: FileId;
  readonly room: RoomId;
  readonly by: UserId;
  readonly name: string;
  readonly size: number;
  readonly about: FileAbout;
  readonly posterOf: FileId | null;
  content: Blob;
  arrived: boolean;
  /** The client id of the post that took it. */
  postedWith: string | null;
  description: string;
}

/** Files of the fake server, and the way by which their bytes get there. */
export class FakeFiles {
  readonly all = new Map<FileId, FakeFile>();
  /** Requests with bytes, as `PATCH <id> <offset>+<size>`; all others by their method. */
  readonly requests: string[] = [];
  /** Something before the server lets no larger body through, in bytes. */
  largestBody = Number.POSITIVE_INFINITY;
  /** What takes bytes here begins no larger file. */
  largestFile = Number.POSITIVE_INFINITY;
  /** The next request with bytes breaks off after so many. */
  cutAfter: number | null = null;
  /** What is said of the next files that are whole. */
  readonly refusals: WireError[] = [];
  /** Bytes are not answered before this is resolved. */
  held: Promise<void> | null = null;
  #count = 0;

  begin(by: UserId, given: { room: RoomId; name: string; size: number; about?: FileAbout; posterOf?: string }): FileId {
    this.#count += 1;
    const id = `file-${this.#count}` as FileId;
    const { room, name, size, about = {}, posterOf = null } = given;
    const what = { id, room, by, name, size, about, posterOf: posterOf as FileId | null };
    this.all.set(id, { ...what, content: new Blob(), arrived: false, postedWith: null, description: '' });
    return id;
  }

  own(by: UserId, id: FileId): FakeFile {
    const file = this.all.get(id);
    if (file?.by !== by) throw toWireError('not-found');
    return file;
  }

  shown({ id, name, size, about, description }: FakeFile): File {
    const said = description === '' ? {} : { description };
    return { id, name, type: 'application/octet-stream', kind: 'other', size, ...about, ...said };
  }

  /** The whole of it is looked at. */
  complete(file: FakeFile): void {
    if (file.arrived) return;
    if (file.content.size !== file.size) throw toWireError('file-incomplete');
    const refusal = this.refusals.shift();
    if (refusal !== undefined) throw refusal;
    file.arrived = true;
  }

  take(by: UserId, ids: readonly FileId[], clientId: string): File[] {
    return ids.map((id) => {
      const file = this.all.get(id);
      if (file?.by !== by || (file.postedWith ?? clientId) !== clientId) throw toWireError('file-gone');
      if (!file.arrived) throw toWireError('file-incomplete');
      file.postedWith = clientId;
      return this.shown(file);
    });
  }

  /** The tus protocol. */
  async answer(by: UserId, method: string, path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const body = init.body instanceof Blob ? init.body : new Blob();
    const id = path.split('/')[2] as FileId;
    const offset = headers.get('upload-offset');
    this.requests.push(offset === null ? method : `${method} ${id} ${offset}+${body.size}`);
    try {
      if (method === 'POST') return this.#created(by, headers);
      const file = this.own(by, id);
      if (method === 'HEAD' && file.size === file.content.size) this.complete(file);
      if (method === 'PATCH') await this.#take(file, body, Number(offset), init.signal ?? null);
      const length = { 'upload-offset': String(file.content.size), 'upload-length': String(file.size) };
      return new Response(null, { status: method === 'PATCH' ? 204 : 200, headers: length });
    } catch (error) {
      if (error instanceof Response) return error;
      if (error instanceof Error) throw error;
      const status = (error as WireError).code === 'not-found' ? 404 : 422;
      return method === 'HEAD' ? new Response(null, { status }) : Response.json({ error }, { status });
    }
  }

  #created(by: UserId, headers: Headers): Response {
    if (Number(headers.get('upload-length')) > this.largestFile) return new Response('too large\n', { status: 413 });
    const said = (headers.get('upload-metadata') ?? '').split(',').map((pair) => pair.split(' '));
    const text = (value = '') => Buffer.from(value, 'base64').toString();
    const { room, filename, about, posterOf } = Object.fromEntries(said.map(([key, value]) => [key, text(value)]));
    const id = this.begin(by, {
      room: room as RoomId,
      name: filename ?? '',
      size: Number(headers.get('upload-length')),
      ...(about === undefined ? {} : { about: JSON.parse(about) as FileAbout }),
      ...(posterOf === undefined ? {} : { posterOf }),
    });
    const file = this.own(by, id);
    if (file.size === 0) this.complete(file);
    return new Response(null, { status: 201, headers: { location: `/api/v1/uploads/${id}` } });
  }

  async #take(file: FakeFile, body: Blob, offset: number, signal: AbortSignal | null): Promise<void> {
    if (body.size > this.largestBody) throw new Response('<h1>too large</h1>', { status: 413 });
    const aborted = new Promise<void>((resolve) => {
      signal?.addEventListener('abort', () => resolve());
    });
    await Promise.race([this.held, aborted]);
    if (signal?.aborted) throw new TypeError('aborted');
    if (offset !== file.content.size) throw new Response(null, { status: 409 });
    const cut = this.cutAfter;
    this.cutAfter = null;
    file.content = new Blob([file.content, cut === null ? body : body.slice(0, cut)]);
    if (cut !== null) throw new TypeError('the network is gone');
    if (file.content.size === file.size) this.complete(file);
  }
}

/** What the fake server does with files. */
export function fileHandlers(server: FakeServer): Handlers {
  const { files } = server;
  const message = (file: FakeFile) => (file.postedWith === null ? null : (`message of ${file.id}` as MessageId));
  return {
    'file.complete': (user, { file: id }) => {
      const file = files.own(user, id);
      files.complete(file);
      return { file: files.shown(file) };
    },
    'file.discard': (user, { file }) => {
      files.all.delete(files.own(user, file).id);
      return {};
    },
    'file.describe': (user, { file: id, description }) => {
      const file = files.own(user, id);
      file.description = description;
      return { file: files.shown(file) };
    },
    'file.show': (user, { file: id }) => {
      const file = files.own(user, id);
      const placed = { file: files.shown(file), room: file.room, message: message(file), by: user, at: 0 };
      return { placed, arrived: file.arrived };
    },
    'file.list': (_, { room }) => {
      const posted = [...files.all.values()].filter((file) => file.room === room && file.postedWith !== null);
      const placed = posted.map((file) => ({
        file: files.shown(file),
        room,
        message: message(file),
        by: file.by,
        at: 0,
      }));
      return { files: placed.reverse(), people: [], more: false };
    },
  };
}
