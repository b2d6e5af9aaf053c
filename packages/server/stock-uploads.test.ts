import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureDebianPackages } from '@confab/testing/debian';
import { type DetailedError, Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenServer, openServer, setUpOwner } from './testing/open-server.ts';

const run = promisify(execFile);

let server: OpenServer;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
let folder: string;
beforeAll(async () => {
  await ensureDebianPackages([{ command: 'curl', package: 'curl' }]);
  server = await openServer({ fileMegabytes: 8 });
  owner = await setUpOwner(server);
  folder = await mkdtemp(join(tmpdir(), 'confab-stock-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function given(file: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${owner.token}` };
  const answer = await fetch(`${server.url}/api/v1/files/${file}/content`, { headers });
  return Buffer.from(await answer.arrayBuffer());
}

const idOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

describe('clients that know nothing of Confab send files:', () => {
  it('tus-js-client, in one piece and in many', async () => {
    for (const chunkSize of [Number.POSITIVE_INFINITY, 100_000]) {
      const bytes = randomBytes(1_000_000);
      const url = await sent(bytes, { chunkSize });
      expect(await given(idOf(url))).toEqual(bytes);
    }
  });

  it('tus-js-client goes on with what another run of it began', async () => {
    const bytes = randomBytes(1_000_000);
    const url = await begunOnly(bytes);
    expect(await sent(bytes, { uploadUrl: url, chunkSize: 100_000 })).toBe(url);
    expect(await given(idOf(url))).toEqual(bytes);
  });

  it('tus-js-client is told why a file is not taken', async () => {
    const failed = sent(randomBytes(9 * 1024 * 1024), {});
    await expect(failed).rejects.toMatchObject({ originalResponse: expect.anything() });
    const error = (await failed.catch((thrown: unknown) => thrown)) as DetailedError;
    expect(error.originalResponse?.getStatus()).toBe(413);
  });

  it('curl, with two requests', async () => {
    const bytes = randomBytes(700_000);
    const path = join(folder, 'with-curl.bin');
    await writeFile(path, bytes);
    const encoded = (text: string) => Buffer.from(text).toString('base64');
    const always = [
      '-sS',
      '--fail-with-body',
      '-H',
      `Authorization: Bearer ${owner.token}`,
      '-H',
      'Tus-Resumable: 1.0.0',
    ];
    const metadata = `room ${encoded(owner.room)},filename ${encoded('with-curl.bin')}`;
    const begun = await run('curl', [
      ...[...always, '-X', 'POST', '-D', '-', '-H', `Upload-Length: ${bytes.length}`],
      ...['-H', `Upload-Metadata: ${metadata}`, `${server.url}/api/v1/uploads`],
    ]);
    const location = /^location: (\S+)/im.exec(begun.stdout)?.[1] ?? '';
    await run('curl', [
      ...[...always, '-X', 'PATCH', '-H', 'Upload-Offset: 0', '-H', 'Content-Type: application/offset+octet-stream'],
      ...['--data-binary', `@${path}`, `${server.url}${location}`],
    ]);
    expect(await given(idOf(location))).toEqual(bytes);
  });
});

interface Sending {
  readonly chunkSize?: number;
  readonly uploadUrl?: string;
}

function uploadOf(bytes: Buffer, sending: Sending, told: Partial<Upload['options']>): Upload {
  return new Upload(bytes, {
    endpoint: `${server.url}/api/v1/uploads`,
    headers: { Authorization: `Bearer ${owner.token}` },
    metadata: { room: owner.room, filename: 'stock.bin' },
    retryDelays: null,
    ...sending,
    ...told,
  });
}

/** Resolves with its address when all of it was sent. */
function sent(bytes: Buffer, sending: Sending): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = uploadOf(bytes, sending, { onSuccess: () => resolve(upload.url ?? ''), onError: reject });
    upload.start();
  });
}

/** Resolves with its address after a part of it. */
function begunOnly(bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = uploadOf(
      bytes,
      { chunkSize: 100_000 },
      {
        onError: reject,
        onChunkComplete: (_size, taken) => {
          if (taken < 300_000) return;
          void upload.abort().then(() => resolve(upload.url ?? ''));
        },
      },
    );
    upload.start();
  });
}
