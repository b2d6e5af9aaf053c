import type { ClientId, MessageId, Preview, RoomId, SpaceId } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let room: RoomId;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general: room } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
});
afterAll(() => test.close());
beforeEach(() => settle([]));

const page: Preview = { url: 'https://example.org/', title: 'A page', description: 'About it', site: 'Example' };

async function post(text: string, who = mia): Promise<MessageId> {
  sends += 1;
  return (await test.do(who, 'message.post', { room, clientId: `send-${sends}` as ClientId, text })).id;
}

/** What would be asked of pages now. */
const asked = async () =>
  (await test.chat.jobs.due(['previews'])).due.map(({ subject, data }) => [subject, JSON.parse(data).links]);

async function settle(previews: readonly Preview[]): Promise<void> {
  for (const job of (await test.chat.jobs.due(['previews'])).due) await test.chat.jobs.finish(job, previews);
}

const shown = async (message: MessageId) => (await test.do(owner, 'message.show', { message })).message.previews;
const told = async (message: MessageId) =>
  (await test.events(`room:${room}`))
    .filter(({ event }) => event === 'message.previewed')
    .map(({ data }) => data as { message: MessageId; previews: Preview[] })
    .filter((data) => data.message === message)
    .map(({ previews }) => previews);

describe('previews', () => {
  it('[V1] are asked for of the first three links, outside code and spoilers', async () => {
    await post('no link');
    const message = await post(
      'https://a.example https://b.example `https://c.example` https://d.example https://e.example',
    );
    expect(await asked()).toEqual([[message, ['https://a.example', 'https://b.example', 'https://d.example']]]);
  });

  it('stand with the message once they are found, and are told', async () => {
    const message = await post('https://example.org/');
    expect(await shown(message)).toBeUndefined();
    await settle([page]);
    expect(await shown(message)).toEqual([page]);
    expect(await told(message)).toEqual([[page]]);
  });

  it('that are none change nothing', async () => {
    const message = await post('https://example.org/');
    await settle([]);
    expect(await shown(message)).toBeUndefined();
    expect(await told(message)).toEqual([]);
  });

  it('[V2] follow an edit: other links are asked for, none takes them away, the same ones change nothing', async () => {
    const message = await post('https://example.org/');
    await settle([page]);
    await test.do(mia, 'message.edit', { message, text: 'again https://example.org/' });
    expect(await asked()).toEqual([]);
    await test.do(mia, 'message.edit', { message, text: 'https://example.net/' });
    expect(await asked()).toEqual([[message, ['https://example.net/']]]);
    await settle([]);
    expect(await shown(message)).toBeUndefined();
    await test.do(mia, 'message.edit', { message, text: 'https://example.org/' });
    await settle([page]);
    await test.do(mia, 'message.edit', { message, text: 'nothing' });
    expect(await shown(message)).toBeUndefined();
    expect(await told(message)).toEqual([[page], [], [page], []]);
  });

  it('[V3] are taken away for good by the author or an admin', async () => {
    const message = await post('https://example.org/');
    await settle([page]);
    await test.do(owner, 'message.remove-previews', { message });
    await test.do(owner, 'message.remove-previews', { message });
    expect(await shown(message)).toBeUndefined();
    await test.do(mia, 'message.edit', { message, text: 'https://example.net/' });
    await settle([page]);
    expect(await shown(message)).toBeUndefined();
    expect(await told(message)).toEqual([[page], []]);
  });

  it('that come after they were taken away, or after the message was deleted, do not appear', async () => {
    const [taken, deleted] = [await post('https://example.org/'), await post('https://example.org/')];
    await test.do(mia, 'message.remove-previews', { message: taken });
    await test.do(mia, 'message.delete', { message: deleted });
    await settle([page]);
    expect([await shown(taken), await shown(deleted)]).toEqual([undefined, undefined]);
    expect([await told(taken), await told(deleted)]).toEqual([[], []]);
  });

  it('[V4] [L13] go with their message, from earlier events too', async () => {
    const message = await post('https://example.org/');
    await settle([page]);
    await test.do(mia, 'message.delete', { message });
    expect(await shown(message)).toBeUndefined();
    expect(await told(message)).toEqual([[]]);
  });
});
