import { limits } from '@confab/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

let server: OpenServer;
let token: string;
beforeAll(async () => {
  server = await openServer({});
  ({ token } = await setUpOwner(server));
});
afterAll(() => server.close());

async function ask(path: string, body?: unknown, method = 'POST') {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return (
    await server.fetch(`/api/v1${path}`, {
      headers,
      ...(body === undefined ? {} : { method, body: JSON.stringify(body) }),
    })
  ).json() as Promise<never>;
}

it('[E6] a picture is a file for those in its space: of its own kind, for ever, and nothing that a browser would run', async () => {
  const { spaces } = (await ask('/account/home')) as { spaces: { id: string }[] };
  const space = spaces[0]?.id ?? '';
  const { emoji } = (await ask(`/spaces/${space}/emoji`, { name: 'dot', file: onePixel })) as {
    emoji: { picture: string };
  };
  await expectFile(`/api/v1/spaces/${space}/pictures/${emoji.picture}`);
});

it('[E9] the picture of a person is a file for whoever is signed in, in the same way', async () => {
  const { picture } = (await ask('/account/picture', { file: onePixel }, 'PUT')) as { picture: string };
  await expectFile(`/api/v1/pictures/${picture}`);
});

it('[E8] a picture may be as large as is said', async () => {
  const answer = await ask('/account/picture', { file: 'A'.repeat((limits.pictureBytes / 3) * 4) }, 'PUT');
  expect(answer).toMatchObject({
    error: { code: 'invalid-params', details: { problem: expect.stringContaining('not a PNG') } },
  });
});

/** That it is a picture there, for those who are signed in. */
async function expectFile(path: string): Promise<void> {
  const response = await server.fetch(path, { headers: { authorization: `Bearer ${token}` } });
  expect(Buffer.from(await response.arrayBuffer()).toString('base64')).toBe(onePixel);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  const signedOut = await server.fetch(path);
  expect([signedOut.status, signedOut.headers.get('cache-control')]).toEqual([401, 'no-store']);
  const other = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`;
  expect((await server.fetch(other, { headers: { authorization: `Bearer ${token}` } })).status).toBe(404);
}
