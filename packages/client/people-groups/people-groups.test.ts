import type { PeopleGroup, PeopleGroupId, UserId } from '@confab/protocol';
import { expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer, space } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

const groupOf = (handle: string): PeopleGroup => ({
  ...{ id: `id-${handle}` as PeopleGroupId, space, handle, name: handle },
  people: ['ada' as UserId],
});

it('groups of people are asked for when first looked at, and follow the space’s log after', async () => {
  const server = new FakeServer();
  const ada = server.addPerson('ada');
  server.groups.push(groupOf('deck'));
  const { confab } = await onlineDevice(server, ada);
  const handles = () =>
    confab.groups
      .of(space)
      .get()
      .map(({ handle }) => handle);
  expect(server.asked).not.toContain('people-group.list');
  expect(handles()).toEqual([]);
  await settled();
  expect(handles()).toEqual(['deck']);
  const log = server.log(`space:${space}`);
  log?.append('space.people-group-changed', ada, { group: groupOf('crew') });
  await settled();
  expect(handles()).toEqual(['crew', 'deck']);
  log?.append('space.people-group-removed', ada, { group: groupOf('deck').id });
  await settled();
  expect(handles()).toEqual(['crew']);
  expect(server.asked.filter((command) => command === 'people-group.list')).toHaveLength(1);
});
