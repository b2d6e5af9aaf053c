import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { limits } from '@confab/protocol';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookLimits } from './limits.ts';
import { type HostileFile, type HostileGroup, hostileFiles, hostileGroups } from './testing/hostile.ts';
import { OpenMedia } from './testing/open-media.ts';
import { picture } from './testing/pictures.ts';

let open: OpenMedia;
/** Gives up early: what it comes to does not matter, only what it does not come to. */
let hasty: OpenMedia;
let server: Server;
const asked: string[] = [];
let groups: Record<HostileGroup, HostileFile[]>;

beforeAll(async () => {
  open = await OpenMedia.open();
  hasty = await OpenMedia.open({ limits: { taskMs: 4_000 } });
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  groups = await hostileFiles(`http://127.0.0.1:${port}`);
});
afterAll(async () => {
  await open.close();
  await hasty.close();
  server.close();
});

function take(name: string) {
  const found = hostileGroups.flatMap((group) => groups[group]).find((file) => file.name === name);
  return open.take(name, found?.bytes ?? Buffer.alloc(0));
}

describe('files that are made to harm', () => {
  it('are many', () => {
    expect(hostileGroups.flatMap((group) => groups[group]).length).toBeGreaterThan(120);
  });

  it.each(hostileGroups)('are looked into within the bounds (%s)', async (group) => {
    for (const { name, bytes } of groups[group]) {
      const { looked, size, details } = await hasty.take(name, bytes);
      expect(size, name).toBeLessThanOrEqual(bytes.length + 64);
      const { width = 1, height = 1 } = details;
      expect(width * height, name).toBeLessThanOrEqual(lookLimits.pixels);
      expect(looked?.entries?.entries.length ?? 0, name).toBeLessThanOrEqual(limits.archiveEntries);
      for (const preview of looked?.previews ?? []) {
        expect(preview.bytes.length, name).toBeLessThanOrEqual(lookLimits.previewBytes);
        const said = await sharp(preview.bytes).metadata();
        expect(said.width, name).toBe(preview.width);
        expect(said.height, name).toBeLessThanOrEqual(lookLimits.previewHeight);
      }
    }
  });

  it('leave nothing behind', async () => {
    expect(await hasty.leftovers()).toEqual([]);
    // Nothing in them was met with a bug of ours, or came out of the process.
    expect(hasty.reports.filter(([, , details]) => details?.why === 'failed')).toEqual([]);
    expect(asked).toEqual([]);
    const { looked } = await hasty.take('a.png', await picture(20, 20).png().toBuffer());
    expect(looked?.previews).not.toHaveLength(0);
  });

  it('say of bombs that they are what they are, and are not decoded', async () => {
    const names = ['claims.png', 'of a gigapixel.png', 'of a wide line.png', 'claims.bmp'];
    for (const name of names) {
      expect(await take(name), name).toMatchObject({ kind: 'picture', details: {}, looked: null });
    }
  });

  it('show nothing of other files', async () => {
    for (const name of ['linked file.svg', 'linked picture.svg']) {
      const { looked } = await take(name);
      const { channels } = await sharp(looked?.previews[0]?.bytes ?? new Uint8Array()).stats();
      // Nothing is drawn at all.
      expect(
        channels.map(({ max }) => max),
        name,
      ).toEqual([0, 0, 0, 0]);
    }
  });

  it('are listed under the names that they have, and lead nowhere', async () => {
    const names = async (name: string) => (await take(name)).looked?.entries?.entries.map((entry) => entry.name);
    expect(await names('paths.zip')).toEqual(['../../etc/passwd', '/etc/shadow', 'C:/Windows/a', 'a_b']);
    expect(await names('turned name.zip')).toEqual(['_gpj.exe', '_[2Jclear', '\ufffd\ufffd']);
    expect(await names('links.tar')).toEqual(['a', '../../b', '/c']);
    expect((await names('long name.zip'))?.[0]).toHaveLength(lookLimits.entryNameChars);
  });

  it('are unpacked no further than the bound', async () => {
    expect((await take('bomb.tgz')).looked?.entries).toEqual({
      entries: [{ name: 'zeros', size: 70_000_000 }],
      more: true,
    });
    expect((await take('bomb.gz')).looked).toEqual({ details: {}, previews: [] });
    expect((await take('nested.zip')).looked?.entries?.entries).toHaveLength(1);
  });

  it('show papers without doing what they ask for', async () => {
    for (const name of ['javascript.pdf', 'launch.pdf', 'opening an address.pdf']) {
      const { looked } = await take(name);
      expect(looked?.details.pages, name).toBe(1);
      expect(looked?.previews.length, name).toBeGreaterThan(0);
    }
    expect(asked).toEqual([]);
  });
});
