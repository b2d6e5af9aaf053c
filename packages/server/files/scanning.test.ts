import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { clamdFinds, clamdSignature, type PrivateClamd, startClamd } from '@confab/testing/clamd';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';
import { parseClamdAddress } from './clamd-address.ts';
import { Sending } from './testing/sending.ts';

let clamd: PrivateClamd;
let server: OpenServer;
let sending: Sending;
beforeAll(async () => {
  clamd = await startClamd();
  server = await openServer({ clamd: parseClamdAddress(clamd.address) ?? null });
  const owner = await setUpOwner(server);
  sending = new Sending({ server, token: owner.token, room: owner.room });
});
afterAll(async () => {
  await server?.close();
  await clamd?.remove();
});

/** How many files lie in a folder of the data folder's. */
async function count(folder: string): Promise<number> {
  const found = await readdir(join(server.data, 'files', folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return found.filter((each) => each.isFile()).length;
}

describe('where files are looked through for viruses', () => {
  it('a harmless one is taken', async () => {
    const { file, answer } = await sending.send(randomBytes(1_000));
    expect(answer.status).toBe(204);
    await sending.post('harmless', file);
    expect((await sending.content(file)).status).toBe(200);
  });

  it('an infected one is refused with a sentence that says why, and nothing of it is kept', async () => {
    const [blobs, uploads] = [await count('blobs'), await count('uploads')];
    const { file, path, answer } = await sending.send(Buffer.from(`first, then ${clamdFinds}, and last`));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      error: {
        code: 'file-infected',
        message: `The virus scanner has found ${clamdSignature} in this file, so it was not taken.`,
        details: { signature: clamdSignature },
      },
    });
    expect([await count('blobs'), await count('uploads')]).toEqual([blobs, uploads]);
    expect(await sending.offset(path)).toEqual([200, 0]);
    await expect(sending.post('infected', file)).rejects.toThrow('file-incomplete');
    expect((await sending.content(file)).status).toBe(404);
  });

  it('none is taken while nobody looks, messages go on, and what was sent need not be sent again', async () => {
    await clamd.stop();
    const bytes = randomBytes(1_000);
    const { file, path, answer } = await sending.send(bytes);
    try {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ error: { code: 'scanner-unavailable' } });
      await sending.post('without a file');
      await expect(sending.post('with one', file)).rejects.toThrow('file-incomplete');
    } finally {
      await clamd.start();
    }
    expect(await sending.offset(path)).toEqual([200, 1_000]);
    await sending.post('with one', file);
    expect(Buffer.from(await (await sending.content(file)).arrayBuffer())).toEqual(bytes);
  });
});
