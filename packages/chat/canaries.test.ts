import type { ClientId } from '@confab/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat } from './testing/index.ts';
import { hashToken } from './tokens.ts';

let test: TestChat;
afterEach(() => test.close());

const passwords = ['canary-first-password', 'canary-next-password', 'canary-wrong-password'] as const;

/** Walks through everything that deals with secrets, and gathers what anyone but the asker could see. */
async function walk() {
  test = await createTestChat();
  const answers: unknown[] = [];
  const run = async (actor: unknown, command: string, params: unknown) => {
    const origin = { agent: 'walker', address: '192.0.2.9' };
    const outcome = await test.chat.execute(actor as never, command, params, undefined, origin);
    answers.push(outcome);
    return ('result' in outcome ? outcome.result : {}) as Record<string, unknown>;
  };
  const [first, next, wrong] = passwords;
  const ada = { handle: 'ada', name: 'Ada', password: first, deliver: 'token' };
  const owner = test.personFrom((await run(null, 'account.set-up', { ...ada, space: 'Team' })) as never);
  const second = await run(null, 'account.sign-in', { handle: 'ada', password: first, deliver: 'token' });
  await run(null, 'account.sign-in', { handle: 'ada', password: wrong, deliver: 'token' });
  await run(null, 'account.sign-up', { ...ada, handle: 'eve', password: wrong, invite: 'x'.repeat(43) });
  await run(owner.actor, 'account.change-password', { current: wrong, next });
  await run(owner.actor, 'account.change-password', { current: first, next });
  const home = await run(owner.actor, 'account.home', {});
  const [space] = home.spaces as { id: string }[];
  const [room] = home.rooms as { info: { id: string } }[];
  const invite = await run(owner.actor, 'invite.create', { space: space?.id });
  await run(null, 'invite.look-up', { token: invite.token });
  await run(null, 'account.sign-up', { ...ada, handle: 'ben', invite: invite.token });
  await run(owner.actor, 'invite.list', { space: space?.id });
  await run(owner.actor, 'session.list', {});
  await run(owner.actor, 'space.members', { space: space?.id });
  const text = 'canary-text-of-a-message';
  const posted = await run(owner.actor, 'message.post', { room: room?.info.id, clientId: 'a' as ClientId, text });
  await run(owner.actor, 'message.delete', { message: posted.id });
  const tokens = [owner.token, second.token as string, invite.token as string];
  return { answers, tokens, text };
}

describe('secrets', () => {
  it('are told once to whom they belong, and nowhere else', async () => {
    const { answers, tokens } = await walk();
    const said = JSON.stringify(answers);
    for (const token of tokens) expect(said.split(token)).toHaveLength(2);
    expect(said).not.toContain('argon2');
    for (const secret of [...passwords, ...tokens.map(hashToken)]) expect(said).not.toContain(secret);
  });

  it('are in no event and no report', async () => {
    const { tokens } = await walk();
    const told = JSON.stringify([test.published, test.reports]);
    expect(told).toContain('inbox.room-added');
    for (const secret of [...passwords, ...tokens, ...tokens.map(hashToken), 'argon2']) {
      expect(told).not.toContain(secret);
    }
  });

  it('are in the database only as hashes, and deleted text not at all', async () => {
    const { tokens, text } = await walk();
    const stored = await test.database.read<string>('testing.everything', null);
    for (const token of tokens) expect(stored).toContain(hashToken(token));
    for (const secret of [...passwords, ...tokens, text]) expect(stored).not.toContain(secret);
  });
});
