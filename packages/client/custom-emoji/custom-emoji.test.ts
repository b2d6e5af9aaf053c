import type { CustomEmoji, SpaceId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

const space = 'space-1' as SpaceId;
const emoji = (name: string, id = name) => ({ id, space, name, aliases: [] }) as unknown as CustomEmoji;

async function setUp() {
  const server = new FakeServer();
  const ada = server.addPerson('ada');
  server.addRoom('talk', ada);
  server.emoji.push(emoji('wave'), emoji('boat'));
  const { confab } = await onlineDevice(server, ada);
  const names = () =>
    confab.emoji
      .of(space)
      .get()
      .map(({ name }) => name);
  const asked = () => server.asked.filter((command) => command === 'emoji.list').length;
  return { server, ada, confab, names, asked, log: server.log(`space:${space}`) };
}

describe('the emoji of a space', () => {
  it('are asked for once, when they are first looked at', async () => {
    const { names, asked } = await setUp();
    expect(asked()).toBe(0);
    names();
    names();
    await settled();
    expect([names(), asked()]).toEqual([['boat', 'wave'], 1]);
  });

  it('go on with what the space is told, also while they are asked for', async () => {
    const { names, ada, log } = await setUp();
    names();
    log?.append('space.emoji-changed', ada, { emoji: emoji('ark', 'boat') });
    await settled();
    expect(names()).toEqual(['ark', 'wave']);
    log?.append('space.emoji-removed', ada, { emoji: 'wave' as CustomEmoji['id'] });
    await settled();
    expect(names()).toEqual(['ark']);
  });

  it('are forgotten with their person', async () => {
    const { names, confab } = await setUp();
    names();
    await settled();
    await confab.account.signOut();
    await settled();
    expect(names()).toEqual([]);
  });
});
