import { request as httpRequest } from 'node:http';

export interface CutUploadOptions {
  readonly url: string;
  readonly token: string;
  readonly room: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** How often its connection is cut at a random byte before it is let through. */
  readonly cuts: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const pauseMs = 50;
const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

/** A file on its way by the tus protocol over a line that is cut again and again, to a server that comes and goes. */
export class CutUpload {
  readonly #options: CutUploadOptions;
  #cutsLeft: number;
  /** Connections that broke off in the middle. */
  broken = 0;

  constructor(options: CutUploadOptions) {
    this.#options = options;
    this.#cutsLeft = options.cuts;
  }

  /** Resolves with the file's id once all of it has arrived and was looked at. */
  async send(): Promise<string> {
    const path = await this.#begin();
    for (;;) {
      const offset = await this.#offset(path);
      if (offset === this.#options.bytes.length) return path.slice(path.lastIndexOf('/') + 1);
      await this.#sendFrom(path, offset);
    }
  }

  /** May begin twice where the first answer is lost: what nobody goes on with is for the sweep. */
  async #begin(): Promise<string> {
    const { room, name, bytes } = this.#options;
    const encoded = (text: string) => Buffer.from(text).toString('base64');
    for (;;) {
      const metadata = `room ${encoded(room)},filename ${encoded(name)}`;
      const headers = { 'upload-length': `${bytes.length}`, 'upload-metadata': metadata };
      const answer = await this.#ask('POST', '/api/v1/uploads', headers);
      if (answer?.status === 201) return String(answer.headers.location);
      if (answer && answer.status < 500) throw new Error(`An upload was refused: ${answer.status} ${answer.body}`);
      await pause();
    }
  }

  async #offset(path: string): Promise<number> {
    for (;;) {
      const answer = await this.#ask('HEAD', path, {});
      if (answer?.status === 200) return Number(answer.headers['upload-offset']);
      if (answer && answer.status < 500) throw new Error(`An upload is gone: ${answer.status}`);
      await pause();
    }
  }

  async #sendFrom(path: string, offset: number): Promise<void> {
    const rest = this.#options.bytes.subarray(offset);
    const cutAfter = this.#cutsLeft > 0 ? Math.floor(Math.random() * rest.length) : undefined;
    if (cutAfter !== undefined) this.#cutsLeft -= 1;
    const headers = {
      'upload-offset': `${offset}`,
      'content-type': 'application/offset+octet-stream',
      'content-length': `${rest.length}`,
    };
    const answer = await this.#ask('PATCH', path, headers, { rest, cutAfter });
    if (!answer) this.broken += 1;
    else if (answer.status !== 204 && answer.status < 500 && answer.status !== 409) {
      throw new Error(`Bytes were refused: ${answer.status} ${answer.body}`);
    }
  }

  /** `undefined` when there was no answer. */
  #ask(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: { rest: Buffer; cutAfter: number | undefined },
  ): Promise<Answer | undefined> {
    const { url, token } = this.#options;
    return new Promise((resolve) => {
      const request = httpRequest(`${url}${path}`, {
        method,
        headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${token}`, ...headers },
      });
      request.on('error', () => resolve(undefined));
      request.on('response', (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('error', () => resolve(undefined));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text.slice(0, 500) }),
        );
      });
      if (!body) request.end();
      else if (body.cutAfter === undefined) request.end(body.rest);
      else request.write(body.rest.subarray(0, body.cutAfter), () => request.destroy());
      // Nothing to write is nothing to be told of.
      if (body?.cutAfter === 0) request.destroy();
    });
  }
}
