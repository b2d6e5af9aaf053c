import type { ClientId, RoomId, SpaceId } from '@confab/protocol';
import { type Database, DatabaseUnavailable } from '@confab/storage';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestChatOptions, type TestPerson } from './testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let space: SpaceId;
let room: RoomId;
async function open(options?: TestChatOptions): Promise<void> {
  test = await createTestChat(options);
  ({ owner, space, general: room } = await test.found());
}
afterEach(() => test.close());

const send = (clientId: string) => ({ room, clientId: clientId as ClientId, text: clientId });
const run = (command: string, params: unknown) => test.chat.execute(owner.actor, command, params);

/** A database whose scripts of one name are answered otherwise. */
const failing = (broken: string, how: (database: Database) => Promise<never>) => (database: Database) =>
  ({
    read: (script: string, input: unknown) => (script === broken ? how(database) : database.read(script, input)),
    write: (script: string, input: unknown) => (script === broken ? how(database) : database.write(script, input)),
    close: () => database.close(),
  }) as Database;

describe('a command', () => {
  it('that there is not, or that is the engine’s, is refused', async () => {
    await open();
    expect(await run('message.shout', {})).toMatchObject({ error: { code: 'unknown-command' } });
    expect(await run('log.read', {})).toMatchObject({ error: { code: 'unknown-command' } });
    expect(await run('toString', {})).toMatchObject({ error: { code: 'unknown-command' } });
  });

  it('with params of another form is told the first problem and where', async () => {
    await open();
    const cases: [unknown, string][] = [
      [{ ...send('a'), room: 'general' }, '/room'],
      [{ ...send('a'), extra: 1 }, '/extra'],
      [{ room, clientId: 'a' }, '/text'],
      [null, '/'],
      [[], '/'],
      ['text', '/'],
    ];
    for (const [params, path] of cases) {
      expect(await run('message.post', params)).toMatchObject({ error: { code: 'invalid-params', details: { path } } });
    }
  });

  it('[C2] takes effect in the order in which it was sent', async () => {
    await open();
    const answers = await Promise.all([
      run('message.post', send('a')),
      run('room.rename', { room, name: 'renamed' }),
      run('message.post', send('b')),
      run('room.archive', { room }),
      run('message.post', send('c')),
    ]);
    expect(answers.map((answer) => ('error' in answer ? answer.error.code : 'ok'))).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
      'room-archived',
    ]);
    expect((await test.events(`room:${room}`)).slice(-4).map((event) => event.event)).toEqual([
      'message.posted',
      'room.renamed',
      'message.posted',
      'room.archived',
    ]);
  });

  it('is answered after its effects were published', async () => {
    await open();
    const order: string[] = [];
    const before = test.published.length;
    await run('message.post', send('a')).then(() => order.push(`answered after ${test.published.length - before}`));
    expect(order).toEqual(['answered after 1']);
  });

  it('[C5] that is refused on its way changes nothing', async () => {
    await open();
    const before = await test.database.read<string>('testing.everything', null);
    const published = test.published.length;
    expect(await test.refusal(owner, 'space.remove-member', { space, user: owner.user })).toBe('last-owner');
    expect(await test.refusal(owner, 'room.mark-read', { room: space as never, seq: 1 })).toBe('not-found');
    expect(await test.database.read<string>('testing.everything', null)).toBe(before);
    expect(test.published).toHaveLength(published);
  });

  it('that meets a bug is told as internal, and its stack is reported', async () => {
    await open({ wrap: failing('message.post', (database) => database.write('testing.fail', null)) });
    const outcome = await run('message.post', send('a'));
    expect(outcome).toMatchObject({ error: { code: 'internal', retry: 'later' } });
    expect(JSON.stringify(outcome)).not.toContain('a bug in a script');
    expect(test.reports).toMatchObject([{ level: 'error', details: { command: 'message.post' } }]);
    expect(String(test.reports[0]?.details?.error)).toContain('a bug in a script');
  });

  it('that cannot be stored says so, and that nothing was changed', async () => {
    const full = () => Promise.reject(new DatabaseUnavailable('disk full'));
    await open({ wrap: failing('message.post', full) });
    expect(await run('message.post', send('a'))).toMatchObject({
      error: { code: 'storage-unavailable', retry: 'later', retryAfterMs: 1_000 },
    });
    expect(test.reports.map((report) => report.level)).toEqual(['warn']);
  });

  it('asked by a token is told when the storage does not answer', async () => {
    const full = () => Promise.reject(new DatabaseUnavailable('too much is waiting'));
    await open({ wrap: failing('sessions.by-token', full) });
    expect(await test.chat.authenticate(owner.token)).toMatchObject({ error: { code: 'storage-unavailable' } });
  });

  it('is limited per person, with the time after which to come again', async () => {
    await open({ realRates: true });
    const mia = await test.addPerson('mia', { space, role: 'member' });
    const codes: (string | undefined)[] = [];
    for (let index = 0; index < 101; index += 1) {
      const outcome = await run('message.post', send(`m${index}`));
      codes.push('error' in outcome ? outcome.error.code : undefined);
    }
    expect(codes.indexOf('too-many-requests')).toBe(100);
    expect(await test.refusal(mia, 'message.post', send('a'))).toBe(undefined);
    const refused = await run('message.post', send('late'));
    expect(refused).toMatchObject({ error: { code: 'too-many-requests', retryAfterMs: 50 } });
    test.nowMs += 50;
    expect(await run('message.post', send('late'))).toHaveProperty('result');
  });
});
