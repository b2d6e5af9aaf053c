import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ClientId, ExportId, FileId } from '@confab/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';

let data: string;
let server: OpenServer;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'confab-exports-'));
  server = await openServer({ data });
  owner = await setUpOwner(server);
});
afterAll(async () => {
  await server.close();
  await rm(data, { recursive: true, force: true });
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function send(name: string, content: string): Promise<FileId> {
  const answer = await server.fetch('/api/v1/uploads', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${owner.token}`,
      'tus-resumable': '1.0.0',
      'upload-length': `${Buffer.byteLength(content)}`,
      'upload-metadata': `room ${base64(owner.room)},filename ${base64(name)}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: content,
  });
  expect(answer.status).toBe(201);
  return answer.headers.get('location')?.split('/').at(-1) as FileId;
}

async function taken(id: ExportId): Promise<Map<string, string>> {
  for (;;) {
    const { exports } = await server.ask('export.list', {}, owner.token);
    if (exports.find((each) => each.export.id === id)?.export.state === 'ready') break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const headers = { authorization: `Bearer ${owner.token}` };
  const answer = await server.fetch(`/api/v1/exports/${id}/file`, { headers });
  const zip = await fromBufferPromise(Buffer.from(await answer.arrayBuffer()));
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, `${await buffer(await zip.openReadStreamPromise(entry))}`);
  }
  return files;
}

it('[G7] a zip holds the files of its messages; that the content of one is gone is said on its page', async () => {
  const contents = ['What we <said>.\n'.repeat(1_000), 'And what we did.\n'] as const;
  const [first, second] = [await send('Notes & <more>.txt', contents[0]), await send('two.txt', contents[1])];
  const said = { room: owner.room, clientId: 'with-files' as ClientId, text: '', files: [first, second] };
  await server.ask('message.post', said, owner.token);
  const third = await send('three.txt', 'What we will say.\n');
  const later = { ...said, clientId: 'later' as ClientId, files: [third], dueAt: Date.now() + 3_600_000 };
  await server.ask('scheduled.create', later, owner.token);
  const account = await taken((await server.ask('account.export', {}, owner.token)).export.id);
  const room = (await server.ask('room.export', { room: owner.room }, owner.token)).export.id;
  const whole = await taken(room);
  for (const files of [account, whole]) {
    expect(files.get(`files/${first}/Notes & _more_.txt`)).toBe(contents[0]);
    expect(files.get(`files/${second}/two.txt`)).toBe(contents[1]);
    const page = files.get('messages-00001.html');
    expect(page).toContain(`<a href="files/${first}/Notes%20%26%20_more_.txt"><bdi>Notes &amp; _more_.txt</bdi></a>`);
  }
  expect(account.get(`files/${third}/three.txt`)).toBe('What we will say.\n');
  const named = [...whole].find(([name]) => name.startsWith('data/messages-'))?.[1] ?? '';
  const sha256 = createHash('sha256').update(contents[0]).digest('base64url');
  expect(JSON.parse(named).messages[0].files[0]).toMatchObject({ id: first, kind: 'text', sha256 });

  const hex = Buffer.from(sha256, 'base64url').toString('hex');
  await rm(join(data, 'files', 'blobs', hex.slice(0, 2), hex));
  const left = await taken(room);
  expect([...left.keys()].filter((name) => name.startsWith('files/'))).toEqual([`files/${second}/two.txt`]);
  const page = left.get('messages-00001.html');
  expect(page).toContain('<bdi>Notes &amp; _more_.txt</bdi> <span class="aside">Its content is not there any more.');
  expect(page).toContain(`<a href="files/${second}/two.txt">`);
});
