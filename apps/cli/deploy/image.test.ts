import { once } from 'node:events';
import { freePort } from '@confab/testing/free-port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { populate } from '../load/population.ts';
import { BuiltImage } from './testing/built-image.ts';

const confab = ['npm', 'run', 'confab', '--'];

let image: BuiltImage;
beforeAll(async () => {
  // Installing twice from nothing takes a minute of processor time: in the usual run what was built before it is taken.
  image = await BuiltImage.build({ whole: process.env.CONFAB_TEST_EVERY_STEP === '1' });
}, 600_000);
afterAll(() => image?.remove());

test('the image holds what the server needs, and nothing that only building needs', () => {
  const { packages } = image;
  expect(packages).toEqual(expect.arrayContaining(['node', 'fastify', 'pg', '@confab/server']));
  for (const name of ['vite', 'typescript', 'vitest', 'react', 'playwright-core']) expect(packages).not.toContain(name);
});

test('it starts as a plain user that cannot write to it, serves the page, takes messages, says that it is well, is backed up, and ends in order', async () => {
  const env = { CONFAB_PORT: String(await freePort()) };
  const url = `http://127.0.0.1:${env.CONFAB_PORT}`;
  expect(await image.health(env)).toBe(1);
  const server = image.start(env);
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => (said += chunk));
  try {
    const deadlineMs = performance.now() + 20_000;
    while ((await image.health(env)) !== 0) expect(performance.now(), said).toBeLessThan(deadlineMs);
    const page = await (await fetch(url)).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
    expect((await fetch(url + script)).headers.get('content-type')).toMatch(/javascript/);
    const { owner, room } = await populate(url, 0);
    const { id } = await owner.api.call('message.post', { room, text: 'From the image.', clientId: 'one' as never });
    expect(id).toBeTypeOf('string');
    owner.api.close();
    expect(await image.run([...confab, 'backup', '/data/backup'])).toContain('is backed up in');
  } finally {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    expect((await ended)[0], said).toBe(0);
  }
  const elsewhere = { CONFAB_DATA: '/data/elsewhere' };
  expect(await image.run([...confab, 'restore', '/data/backup'], elsewhere)).toContain('and checked');
  const nowhere = 'postgres://someone@127.0.0.1:1/nowhere';
  const sentence = 'No PostgreSQL answers at 127.0.0.1:1.';
  await expect(image.run([...confab, 'promote', nowhere])).rejects.toThrow(sentence);
  await expect(image.run([...confab, 'demote'], { CONFAB_DATABASE_URL: nowhere })).rejects.toThrow(sentence);
}, 360_000);
