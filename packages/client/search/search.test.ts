import { expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

it('[Y1] messages are looked for on the server, a page at a time; whoever wrote them is known from then on', async () => {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  const room = server.addRoom('talk', ada, ben);
  for (const text of ['apples', 'pears', 'apples too']) room.post(ben, text, text);
  const { confab } = await onlineDevice(server, ada);
  const first = await confab.search.messages('apples', { room: room.info.id });
  expect(first.found.map(({ message }) => message.text)).toEqual(['apples too']);
  const before = first.next;
  if (before === undefined) throw new Error('There is no further page.');
  const second = await confab.search.messages('apples', { room: room.info.id, before });
  expect(second.found.map(({ message }) => message.text)).toEqual(['apples']);
  expect(second.next).toBeUndefined();
  await settled();
  expect(confab.people.person(ben).get()?.name).toBe('ben');
  expect(server.asked).not.toContain('person.look-up');
});
