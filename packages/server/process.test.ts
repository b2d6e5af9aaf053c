import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type ClientId, closeCodes } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { options } from './options.ts';
import { setUpOwner } from './testing/open-server.ts';
import { ServerChild } from './testing/server-child.ts';
import { TestSocket } from './testing/socket.ts';

let data: string;
let children: ServerChild[];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'confab-process-'));
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.end('SIGKILL')));
  rmSync(data, { recursive: true, force: true });
});

function start(
  environment: Record<string, string> = {},
  entry: 'bare' | 'whole' = 'bare',
  args: string[] = [],
): ServerChild {
  const child = new ServerChild({ CONFAB_DATA: data, ...environment }, entry, args);
  children.push(child);
  return child;
}

describe('what npm start runs', () => {
  it.each(['--help', '-h'])('lists every option for %s and starts nothing', async (flag) => {
    const child = start({}, 'whole', [flag]);
    expect(await child.ended).toEqual({ code: 0, signal: null });
    for (const option of Object.values(options)) {
      expect(child.said).toContain(`${option.env}=<${option.form}>`);
      expect(child.said).toContain(option.help);
    }
    expect(child.logged).toBe('');
  });

  it.each<[string, Record<string, string>, string[], string]>([
    [
      'a wrong value',
      { CONFAB_SIGN_UP: 'perhaps' },
      [],
      'CONFAB_SIGN_UP is "perhaps", but it has to be one of "invite", "open".',
    ],
    ['a name that is no option', { CONFAB_PROT: '3000' }, [], 'There is no option CONFAB_PROT.'],
    ['an argument that is none', {}, ['--port=1'], 'There is no argument "--port=1".'],
  ])('stops for %s with a sentence that names it', async (_, environment, args, sentence) => {
    const child = start(environment, 'whole', args);
    expect(await child.ended).toEqual({ code: 1, signal: null });
    expect(child.logged).toContain(sentence);
    expect(child.logged).not.toMatch(/\n\s+at /);
    expect(child.said).toBe('');
  });
});

describe('a server that cannot start', () => {
  it('because another one has its data says which process that is, and leaves it alone', async () => {
    const first = start();
    const { fetch } = await first.ready();
    const second = start();
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.logged).toContain(`is in use by process ${first.pid}. Stop it first`);
    expect((await fetch('/health/ready')).status).toBe(200);
  });

  it('because its port is taken says so, and lets go of its data', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as AddressInfo;
    const child = start({ CONFAB_PORT: String(port) });
    expect(await child.ended).toEqual({ code: 1, signal: null });
    expect(child.logged).toContain(`Port ${port} is taken by another program.`);
    squatter.close();
    await start().ready();
  });

  it('because a newer one wrote its data says so, and changes nothing', async () => {
    const child = start();
    await child.ready();
    await child.end('SIGTERM');
    const database = new DatabaseSync(join(data, 'confab.db'));
    database.exec("INSERT INTO schema_versions (version, name, checksum) VALUES (999, 'from the future', 'x')");
    database.close();
    const refused = start();
    expect(await refused.ended).toEqual({ code: 1, signal: null });
    expect(refused.logged).toContain('is at schema version 999 (from the future)');
    expect(refused.logged).toContain('Start the newer Confab');
    expect(refused.logged).not.toMatch(/\n\s+at /);
  });
});

describe('a server that is asked to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s says goodbye to everyone and keeps what it acknowledged',
    async (signal) => {
      const child = start();
      const server = await child.ready();
      const owner = await setUpOwner(server);
      const socket = await TestSocket.signedIn(server.url, owner.token);
      const quiet = await TestSocket.open(server.url);
      const params = { room: owner.room, clientId: 'before-the-end', text: 'kept' };
      const posted = await socket.ask('message.post', params);
      expect(posted).toHaveProperty('result.id');
      expect(await child.end(signal)).toEqual({ code: 0, signal: null });
      for (const each of [socket, quiet]) {
        expect(await each.ended()).toEqual({ code: closeCodes.draining.code, reason: 'draining' });
        expect(each.frames.at(-1)).toMatchObject({
          event: 'connection.closing',
          data: { reason: 'draining', reconnect: { minMs: expect.any(Number), maxMs: expect.any(Number) } },
        });
      }
      const again = await start().ready();
      expect(await again.tell('message.post', params, owner.token)).toEqual({
        result: (posted as { result: unknown }).result,
      });
    },
  );

  it('says that it is stopping, and writes no error', async () => {
    const child = start({ CONFAB_LOG_LEVEL: 'debug' });
    await child.ready();
    await child.end('SIGTERM');
    expect(child.said).toContain('Stopping');
    for (const line of child.logged.split('\n').filter((each) => each.startsWith('{'))) {
      expect(JSON.parse(line)).toMatchObject({ level: expect.toSatisfy((level: number) => level < 40) });
    }
  });
});

describe('a server that is killed', () => {
  it('has everything that it acknowledged, once, and gives the same answer to the same client id [L2]', async () => {
    const child = start();
    const server = await child.ready();
    const owner = await setUpOwner(server);
    const socket = await TestSocket.signedIn(server.url, owner.token);
    const acknowledged = new Map<string, unknown>();
    const sends: Promise<void>[] = [];
    const params = (clientId: string) => ({
      room: owner.room,
      clientId: clientId as ClientId,
      text: `text ${clientId}`,
    });
    const note = (clientId: string, reply: Promise<unknown>) =>
      reply.then(
        (value) => void acknowledged.set(clientId, value),
        // Cut off: it may have taken effect or not ([C5]).
        () => {},
      );
    for (let i = 0; i < 90; i += 1) {
      const clientId = `${i}`;
      const way =
        i % 2
          ? server.tell('message.post', params(clientId), owner.token)
          : socket.ask('message.post', params(clientId));
      sends.push(note(clientId, way));
      // The kill comes while several are under way.
      if (i % 12 === 0) await sends.at(-1);
    }
    expect(await child.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    await Promise.all(sends);
    expect(acknowledged.size).toBeGreaterThanOrEqual(8);

    const again = await start().ready();
    const page = await again.ask('message.list', { room: owner.room, limit: 100 }, owner.token);
    const texts = page.messages.map((message) => message.text);
    expect(new Set(texts).size).toBe(texts.length);
    for (const [clientId, reply] of acknowledged) {
      expect(texts).toContain(`text ${clientId}`);
      expect(reply).toHaveProperty('result');
      expect(await again.tell('message.post', params(clientId), owner.token)).toEqual({
        result: (reply as { result: unknown }).result,
      });
    }
  });
});
