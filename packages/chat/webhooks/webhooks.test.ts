import type { ClientId, RoomId, SpaceId } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let room: RoomId;
let space: SpaceId;

beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space, general: room } = await test.found());
});
afterEach(() => test.close());

let sends = 0;

/** A post with a webhook's token, as a door that takes requests makes it. */
async function postWith(token: string, to: RoomId = room): Promise<string> {
  const asker = await test.chat.authenticate(token, 'message.post');
  if ('error' in asker) return asker.error.code;
  sends += 1;
  const params = { room: to, clientId: `hook-${sends}` as ClientId, text: 'Deployed.' };
  const outcome = await test.chat.execute(asker.actor, 'message.post', params);
  return 'error' in outcome ? outcome.error.code : 'ok';
}

describe('an incoming webhook', () => {
  it('posts into its room as a bot of its name, whom everyone can tell from a person', async () => {
    const { webhook, token } = await test.do(owner, 'webhook.create', { room, name: 'Deploys' });
    expect(await postWith(token)).toBe('ok');
    const page = await test.do(owner, 'message.list', { room });
    const message = page.messages.at(-1);
    expect(message).toMatchObject({ text: 'Deployed.', author: webhook.bot });
    expect(page.people.find(({ id }) => id === webhook.bot)).toMatchObject({ name: 'Deploys', bot: true });
    const { members } = await test.do(owner, 'room.members', { room });
    expect(members.find(({ person }) => person.id === webhook.bot)).toMatchObject({
      role: 'guest',
      person: { bot: true },
    });
  });

  it('may do nothing else with its token: not read, not listen, not post elsewhere', async () => {
    const { token } = await test.do(owner, 'webhook.create', { room, name: 'Narrow' });
    expect(await test.chat.authenticate(token)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await test.chat.authenticate(token, 'message.list')).toMatchObject({ error: { code: 'forbidden' } });
    const other = await test.do(owner, 'room.create', { space, name: 'elsewhere', visibility: 'public' });
    expect(await postWith(token, other.room.info.id)).toBe('not-found');
  });

  it('is listed with the end of its token and never the token, and does not expire', async () => {
    const { webhook, token } = await test.do(owner, 'webhook.create', { room, name: 'Lasting' });
    const { webhooks } = await test.do(owner, 'webhook.list', { room });
    expect(webhooks[0]).toEqual({ ...webhook, hint: token.slice(-4), lastUsedAt: null });
    expect(JSON.stringify(webhooks)).not.toContain(token);
    test.nowMs += 10 * 365 * 86_400_000;
    expect(await postWith(token)).toBe('ok');
  });

  it('stops at once when it is revoked, leaves, and keeps what it posted', async () => {
    const { webhook, token } = await test.do(owner, 'webhook.create', { room, name: 'Short' });
    await postWith(token);
    await test.do(owner, 'webhook.revoke', { webhook: webhook.id });
    await test.do(owner, 'webhook.revoke', { webhook: webhook.id });
    expect(await postWith(token)).toBe('session-revoked');
    const { webhooks } = await test.do(owner, 'webhook.list', { room });
    expect(webhooks.map(({ id }) => id)).not.toContain(webhook.id);
    const { members } = await test.do(owner, 'room.members', { room });
    expect(members.map(({ person }) => person.id)).not.toContain(webhook.bot);
    const page = await test.do(owner, 'message.list', { room });
    expect(page.messages.some(({ author }) => author === webhook.bot)).toBe(true);
  });

  it('is no account to sign in to', async () => {
    const { webhook } = await test.do(owner, 'webhook.create', { room, name: 'Nobody' });
    const { people } = await test.do(owner, 'person.look-up', { users: [webhook.bot] });
    const handle = people[0]?.handle ?? '';
    for (const password of ['', ' ', 'webhook password']) {
      const outcome = await test.chat.execute(null, 'account.sign-in', { handle, password, deliver: 'token' });
      expect(outcome).toMatchObject({ error: { code: password === '' ? 'invalid-params' : 'wrong-credentials' } });
    }
  });

  it('is bounded in number', async () => {
    const { room: busy } = await test.do(owner, 'room.create', { space, name: 'busy', visibility: 'public' });
    const make = () => test.refusal(owner, 'webhook.create', { room: busy.info.id, name: 'One more' });
    for (let count = 0; count < 50; count += 1) expect(await make()).toBeUndefined();
    expect(await make()).toBe('limit-reached');
  });
});
