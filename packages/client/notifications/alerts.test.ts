import type { MessageId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { describe, expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';
import { Alerts } from './alerts.ts';

async function setUp() {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  const room = server.addRoom('talk', ada, ben);
  const direct = server.addRoom('ada-ben', ada, ben);
  Object.assign(direct.info, { space: null, kind: 'direct', visibility: 'private', name: '', people: [ada, ben] });
  const device = await onlineDevice(server, ada);
  const rung: string[] = [];
  let now = 0;
  const alerts = new Alerts(device.confab, {
    now: () => now,
    onAlert: ({ room: { info }, message }) => rung.push(`${info.id}: ${message.text}`),
  });
  alerts.start();
  let sends = 0;
  const say = async (text: string, where = direct, context = {}, by = ben) => {
    const { id, seq } = where.post(by, `send-${++sends}`, text, context);
    await settled();
    return { id, seq };
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { server, ada, ben, room, direct, alerts, rung, say, pass, ...device };
}

describe('what rings', () => {
  it('is what comes in directs, each once, though nobody looks at them', async () => {
    const { rung, say } = await setUp();
    await say('one');
    await say('two');
    expect(rung).toEqual(['room-ada-ben: one', 'room-ada-ben: two']);
  });

  it('rings once where the room is looked at too, and not for oneself', async () => {
    const { rung, say, confab, direct, ada } = await setUp();
    confab.rooms.timeline(direct.info.id).open();
    await settled();
    await say('one');
    await say('mine', direct, {}, ada);
    expect(rung).toEqual(['room-ada-ben: one']);
  });

  it('is in a channel only what is meant for one, unless everything is wanted', async () => {
    const { rung, say, room, server, ada, ben, confab } = await setUp();
    const { id, seq } = await say('hello', room);
    expect(rung).toEqual([]);
    server.log(inboxLog(ada))?.append('inbox.mentioned', ben, { room: room.info.id, message: id, seq, by: ben });
    await settled();
    expect(rung).toEqual(['room-talk: hello']);
    await confab.rooms.setNotifications(room.info.id, 'all', null);
    await settled();
    await say('everything', room);
    expect(rung.slice(1)).toEqual(['room-talk: everything']);
  });

  it('is a reply in a thread that one follows', async () => {
    const { rung, say, room, server, ada, ben } = await setUp();
    const root = room.post(ada, 'root', 'question').id as MessageId;
    await say('answer', room, { thread: root });
    expect(rung).toEqual([]);
    const told = { root, room: room.info.id, following: true, readIndex: 0, replies: 1 };
    server.log(inboxLog(ada))?.append('inbox.thread-changed', ben, told);
    await settled();
    expect(rung).toEqual(['room-talk: answer']);
  });

  it('is nothing from those whom one blocks, nor in quiet hours, nor what is old when it is heard', async () => {
    const { rung, say, ben, confab, pass } = await setUp();
    await confab.settings.set({ doNotDisturb: { until: 1_000, schedule: null } });
    await say('quiet');
    pass(1_000);
    await say('later');
    expect(rung).toEqual(['room-ada-ben: later']);
    await confab.blocks.add(ben);
    await settled();
    await say('blocked');
    await confab.settings.set({ notifyDirects: 'none' });
    pass(3_600_000);
    await say('old');
    expect(rung).toHaveLength(1);
  });

  it('is what one wanted to be reminded of, once it is due', async () => {
    const { rung, say, room, server, ada } = await setUp();
    const { id: message } = await say('buy glue', room);
    const reminder = { message, room: room.info.id, dueAt: 1, toldAt: null };
    server.log(inboxLog(ada))?.append('inbox.reminder-changed', ada, reminder);
    await settled();
    expect(rung).toEqual([]);
    server.log(inboxLog(ada))?.append('inbox.reminder-changed', null, { ...reminder, toldAt: 1 });
    await settled();
    expect(rung).toEqual(['room-talk: buy glue']);
  });

  it('is nothing any more once nobody listens', async () => {
    const { rung, say, alerts } = await setUp();
    alerts.stop();
    await say('one');
    expect(rung).toEqual([]);
  });
});
