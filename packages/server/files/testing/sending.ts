import type { Result } from '@confab/protocol';
import type { OpenServer } from '../../testing/open-server.ts';

interface Sender {
  readonly server: Pick<OpenServer, 'url' | 'ask'>;
  readonly token: string;
  readonly room: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Someone who sends files to a room, and gets them. */
export class Sending {
  readonly #sender: Sender;
  #posts = 0;

  constructor(sender: Sender) {
    this.#sender = sender;
  }

  /** Announces a file by tus; the answer says where its bytes go. */
  begin(name: string, size: number): Promise<Response> {
    const metadata = `room ${base64(this.#sender.room)},filename ${base64(name)}`;
    return this.#fetch('/api/v1/uploads', {
      method: 'POST',
      headers: { 'upload-length': `${size}`, 'upload-metadata': metadata },
    });
  }

  /** Sends some of its bytes. */
  patch(path: string, offset: number, body: Uint8Array<ArrayBuffer>): Promise<Response> {
    const headers = { 'upload-offset': `${offset}`, 'content-type': 'application/offset+octet-stream' };
    return this.#fetch(path, { method: 'PATCH', headers, body });
  }

  /** What the server has of it. */
  async offset(path: string): Promise<[status: number, offset: number]> {
    const answer = await this.#fetch(path, { method: 'HEAD' });
    return [answer.status, Number(answer.headers.get('upload-offset'))];
  }

  /** Sends all of a file; what the last request was answered with, and which file it is. */
  async send(
    bytes: Uint8Array<ArrayBuffer>,
    name = 'a.bin',
  ): Promise<{ file: string; path: string; answer: Response }> {
    const begun = await this.begin(name, bytes.length);
    const path = begun.headers.get('location') ?? '';
    return { file: path.slice(path.lastIndexOf('/') + 1), path, answer: await this.patch(path, 0, bytes) };
  }

  async post(text: string, ...files: string[]): Promise<Result<'message.post'>> {
    this.#posts += 1;
    const params = {
      room: this.#sender.room,
      clientId: `post-${this.#posts}`,
      text,
      ...(files.length > 0 ? { files } : {}),
    };
    return this.#sender.server.ask('message.post', params as never, this.#sender.token);
  }

  content(file: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#fetch(`/api/v1/files/${file}/content`, { headers });
  }

  #fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, 'tus-resumable': '1.0.0', authorization: `Bearer ${this.#sender.token}` };
    return fetch(`${this.#sender.server.url}${path}`, { ...init, headers });
  }
}
