import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientId } from '@confab/protocol';
import { type PrivatePostgres, startPostgres } from '@confab/testing/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUpOwner } from '../testing/open-server.ts';
import { ServerChild } from '../testing/server-child.ts';

let postgres: PrivatePostgres;
const data = mkdtempSync(join(tmpdir(), 'confab-jobs-'));
const children: ServerChild[] = [];
beforeAll(async () => {
  postgres = await startPostgres({ fsync: false });
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.end('SIGKILL')));
  await postgres.remove();
  rmSync(data, { recursive: true, force: true });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error('Waited in vain.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('two nodes on PostgreSQL', () => {
  it('post each scheduled message once, though one of them is killed in the middle', async () => {
    const CONFAB_DATABASE_URL = await postgres.newDatabase();
    const start = (): ServerChild => {
      const child = new ServerChild({ CONFAB_DATA: data, CONFAB_DATABASE_URL, CONFAB_NODE_HOST: '127.0.0.1' });
      children.push(child);
      return child;
    };
    // The one that is killed is the one that was asked, and that is woken at the time.
    const killed = start();
    const asked = await killed.ready();
    const left = await start().ready();
    const { token, room } = await setUpOwner(asked);
    const dueAt = Date.now() + 2_500;
    const expected = Array.from({ length: 40 }, (_, index) => `scheduled-${index}`);
    await Promise.all(
      expected.map((clientId) =>
        asked.ask('scheduled.create', { room, clientId: clientId as ClientId, text: clientId, dueAt }, token),
      ),
    );
    const posted = async () => (await left.ask('message.list', { room, limit: 100 }, token)).messages;
    await until(async () => (await posted()).length > 0);
    await killed.end('SIGKILL');
    await until(async () => (await left.ask('scheduled.list', {}, token)).scheduled.length === 0);
    const messages = await posted();
    expect(messages.map(({ text }) => text).sort()).toEqual(expected.sort());
    expect(messages.every(({ postedAt }) => postedAt >= dueAt)).toBe(true);
  });
});
