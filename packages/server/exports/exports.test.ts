import { inflateRawSync } from 'node:zlib';
import type { ClientId, ExportId } from '@confab/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';

let server: OpenServer;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
beforeAll(async () => {
  server = await openServer();
  owner = await setUpOwner(server);
  const said = { room: owner.room, clientId: 'one' as ClientId, text: 'Fish & <script>alert(1)</script>' };
  await server.ask('message.post', said, owner.token);
});
afterAll(() => server.close());

/** The files of a zip by name, as its directory lists them. */
function unzipped(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.length - 22;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, nameSize, offset] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt32LE(at + 42),
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameSize);
    const from = offset + 30 + nameSize;
    files.set(name, inflateRawSync(zip.subarray(from, from + packed)).toString());
    at += 46 + nameSize;
  }
  return files;
}

const fetched = (id: ExportId, token: string | null) =>
  server.fetch(`/api/v1/exports/${id}/file`, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });

async function ready(id: ExportId): Promise<void> {
  for (;;) {
    const { exports } = await server.ask('export.list', {}, owner.token);
    if (exports.find((each) => each.export.id === id)?.export.state === 'ready') return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('[G7] what was put together is fetched as a zip with pages to read, by whoever had it made', async () => {
  const { export: made } = await server.ask('room.export', { room: owner.room }, owner.token);
  await ready(made.id);
  expect((await fetched(made.id, null)).status).toBe(401);
  const answer = await fetched(made.id, owner.token);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toContain('confab-room.zip');
  const files = unzipped(Buffer.from(await answer.arrayBuffer()));
  expect([...files.keys()]).toEqual([
    'data/room-000001.json',
    'data/members-000002.json',
    'data/messages-000003.json',
    'messages-00001.html',
    'index.html',
  ]);
  expect(files.get('messages-00001.html')).toContain(
    '<p dir="auto">Fish &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>',
  );
  expect(files.get('index.html')).toMatch(/href="messages-00001.html">[A-Z][a-z]{2} \d+, \d{4}, 1 message</);
  expect(JSON.parse(files.get('data/messages-000003.json') ?? '').messages[0].text).toContain('<script>');
});

it('one’s own data says where one wrote what', async () => {
  const { export: made } = await server.ask('account.export', {}, owner.token);
  await ready(made.id);
  const files = unzipped(Buffer.from(await (await fetched(made.id, owner.token)).arrayBuffer()));
  expect(files.get('messages-00001.html')).toMatch(/<h2>general<\/h2>\n<article.*Fish/);
  expect([...files.keys()]).toContain('data/account-000001.json');
});

it('its pages are in the language of whoever takes it along', async () => {
  await server.ask('account.set-settings', { language: 'de' }, owner.token);
  const { export: made } = await server.ask('account.export', {}, owner.token);
  await ready(made.id);
  const files = unzipped(Buffer.from(await (await fetched(made.id, owner.token)).arrayBuffer()));
  const index = files.get('index.html') ?? '';
  expect(index).toContain('<html lang="de" dir="ltr">');
  expect(index).toContain('<h1>Deine Daten</h1>');
  expect(index).toMatch(/\d{2}\.\d{2}\.\d{4}, 1 Nachricht</);
  expect(files.get('messages-00001.html')).toContain('>Alle Seiten<');
});
