import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { File, FileId } from '@confab/protocol';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sending } from '../files/testing/sending.ts';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';
import { zipOf } from './testing/archives.ts';
import { noted, picture, secrets } from './testing/pictures.ts';

let server: OpenServer;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
let sending: Sending;
beforeAll(async () => {
  server = await openServer();
  owner = await setUpOwner(server);
  sending = new Sending({ server, token: owner.token, room: owner.room });
});
afterAll(() => server.close());

const shown = async (file: string): Promise<File> =>
  (await server.ask('file.show', { file: file as FileId }, owner.token)).placed.file;

/** Once what can be found out about it has been. */
async function settled(file: string): Promise<File> {
  const deadlineMs = performance.now() + 60_000;
  for (;;) {
    const found = await shown(file);
    if (!found.pending) return found;
    if (performance.now() > deadlineMs) throw new Error('Waited in vain.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const given = (file: string, query = '', headers: Record<string, string> = {}): Promise<Response> =>
  server.fetch(`/api/v1/files/${file}/content${query}`, {
    headers: { ...headers, authorization: `Bearer ${owner.token}` },
  });

describe('a file that is sent', () => {
  it('is a picture without a place, with smaller ones of it', async () => {
    const bytes = await noted(picture(1_000, 600), 6).jpeg().toBuffer();
    const { file } = await sending.send(new Uint8Array(bytes), 'a.jpg');
    await sending.post('look', file);
    const found = await settled(file);
    expect(found).toMatchObject({ kind: 'picture', type: 'image/jpeg', width: 600, height: 1_000 });
    expect(found.previews).toEqual([180, 600]);
    expect(found.blur).toMatch(/^[\w+/=]{20,64}$/);
    const content = Buffer.from(await (await given(file)).arrayBuffer());
    expect(content.length).toBe(found.size);
    for (const secret of secrets) {
      expect(bytes.includes(secret)).toBe(true);
      expect(content.includes(secret)).toBe(false);
    }
    const preview = await given(file, '?preview=180');
    expect(preview.headers.get('content-type')).toBe('image/webp');
    const { width, height } = await sharp(await preview.arrayBuffer()).metadata();
    expect([width, height]).toEqual([180, 300]);
    // Nothing lies around that was only on its way.
    expect(readdirSync(join(server.data, 'files', 'media'))).toEqual([]);
  });

  it('is an archive that says what is in it', async () => {
    const bytes = zipOf([{ name: 'folder/a.txt', content: Buffer.from('text') }]);
    const { file } = await sending.send(new Uint8Array(bytes), 'a.zip');
    await sending.post('look', file);
    expect(await settled(file)).toMatchObject({ kind: 'archive', type: 'application/zip' });
    const { entries, more } = await server.ask('file.entries', { file: file as FileId }, owner.token);
    expect({ entries, more }).toEqual({ entries: [{ name: 'folder/a.txt', size: 4 }], more: false });
  });

  it('stays a card when nobody can look into it', async () => {
    const whole = await picture().png().toBuffer();
    const { file } = await sending.send(new Uint8Array(whole.subarray(0, 200)), 'broken.png');
    await sending.post('look', file);
    const found = await settled(file);
    expect(found).toMatchObject({ kind: 'picture', type: 'image/png' });
    expect(found).not.toHaveProperty('previews');
    expect((await given(file)).status).toBe(200);
  });

  it('is saved, not shown, when a browser would run what is in it', async () => {
    for (const [name, text] of [
      ['page.html', '<!doctype html><script>alert(1)</script>'],
      ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'],
    ] as const) {
      const { file } = await sending.send(new TextEncoder().encode(text), name);
      expect((await settled(file)).kind).toBe('text');
      const answer = await given(file);
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    }
  });
});
