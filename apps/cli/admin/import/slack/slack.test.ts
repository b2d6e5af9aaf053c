import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportDesk } from '@confab/chat';
import type { Message, RoomId } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '../report.ts';
import { ImportWorld } from '../testing/import-world.ts';
import { msOf, slackFixture, ts } from '../testing/slack-fixture.ts';
import { zipOf } from '../testing/zip-of.ts';
import { readSlack } from './read-slack.ts';

let world: ImportWorld;
let dry: ImportReport;
let report: ImportReport;
beforeAll(async () => {
  world = await ImportWorld.open();
  const file = world.write('export.zip', zipOf(slackFixture()));
  dry = await world.bring(readSlack, file, { dryRun: true });
  report = await world.bring(readSlack, file);
});
afterAll(() => world.close());

const home = () => world.test.do(world.owner, 'account.home', {});
async function roomNamed(name: string): Promise<RoomId> {
  const found = (await home()).rooms.find(({ info }) => info.name === name);
  if (!found) throw new Error(`There is no room ${name}.`);
  return found.info.id;
}
async function messagesIn(name: string): Promise<Message[]> {
  return (await world.test.do(world.owner, 'message.list', { room: await roomNamed(name), limit: 100 })).messages;
}
const rowOf = (found: ImportReport, room: string) => found.rooms.find((each) => each.room === room);
const begins = (text: string) => ({ text: text.slice(0, 100) });

describe('an export of Slack', () => {
  it('is told without being brought', async () => {
    expect(dry.dryRun).toBe(true);
    expect(rowOf(dry, '#general')?.outcomes).toMatchObject({ 'post:brought': 12, 'edit:brought': 1, 'pin:brought': 1 });
    expect(dry.people.map(({ how }) => how)).toEqual(report.people.map(({ how }) => how));
    expect(dry.people.filter(({ how }) => how === 'here')).toEqual([]);
  });

  it('brings messages with their times, in our way of writing', async () => {
    expect((await messagesIn('general-slack')).map(({ text, postedAt }) => [begins(text).text, postedAt])).toEqual([
      ['Hello @ben.b, see #old-news & [the *page*](https://example.org/a_b) **now** 👋🏼', msOf(10)],
      ['shown in the room too', msOf(30)],
      ['a reply to what is gone', msOf(40)],
      ['@room come @here', msOf(50)],
      ['waves', msOf(60)],
      ['📎 plan.pdf', msOf(70)],
      ['[Build 7](https://ci.example/7)\npassed', msOf(80)],
      ['from elsewhere', msOf(90)],
      ['```\nlet a = "<b>";\n<i>\n```', msOf(100)],
      ['from blocks @ada', msOf(110)],
      ['x'.repeat(100), msOf(86_400)],
      ['xxxxx', msOf(86_400)],
    ]);
  });

  it('brings threads, changes, reactions, pins and who is named', async () => {
    const [hello, shown, , everyone, waves] = await messagesIn('general-slack');
    expect(hello).toMatchObject({ editedAt: msOf(300), replies: { count: 2 }, pinned: { at: msOf(500) } });
    expect(hello?.reactions?.map(({ emoji, count }) => [emoji, count])).toEqual([['👍', 2]]);
    expect(hello?.mentions).toHaveLength(1);
    expect(shown).toMatchObject({ thread: hello?.id, alsoInRoom: true });
    expect([everyone?.mentionsAll, waves?.style]).toEqual(['room', 'me']);
  });

  it('matches people by their handle, and makes accounts of the others', () => {
    const how = Object.fromEntries(
      report.people.map(({ key, handle, how: each, kind, disabled }) => [key, [handle, each, kind, disabled]]),
    );
    expect(how).toMatchObject({
      U2: ['ben.b', 'new', 'person', false],
      U3: ['cleo', 'new', 'person', true],
      U5: ['owner', 'matched', 'person', false],
      B9: ['buildbot', 'new', 'bot', false],
      'bot:BX': ['deploys', 'new', 'bot', false],
      UFOREIGN: ['zoe', 'new', 'person', true],
    });
  });

  it('writes the links of those who have an account to take over, for nobody else to read', () => {
    const file = join(world.folder, 'report', 'links.csv');
    const rows = readFileSync(file, 'utf8').trim().split('\n');
    expect(rows.map((row) => row.split(',')[1])).toEqual(['Handle', '"ada"', '"ben.b"', '"gus"']);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('says of every room what came and what did not, and why; it adds up', () => {
    const general = rowOf(report, '#general');
    expect(general?.leftOut).toEqual({
      'system-line': 1,
      'unknown-person': 1,
      'unknown-emoji': 1,
      file: 2,
      'deleted-there': 1,
      unreadable: 1,
      doubled: 1,
    });
    expect([general?.found.messages, general?.outcomes['post:brought'], general?.outcomes['piece:brought']]).toEqual([
      16, 12, 1,
    ]);
    expect(report.unknownRooms).toEqual({ 'lost-room': 1 });
    const said = readFileSync(join(world.folder, 'report', 'report.txt'), 'utf8');
    expect(said).toMatch(/^#general +16 +12 +0 +4 +2 +1 +2$/m);
  });

  it('brings a room’s topic as it was to be read', async () => {
    const { rooms } = await home();
    expect(rooms.find(({ info }) => info.name === 'general-slack')?.info.topic).toBe('All of us & more');
  });

  it('keeps private what was private', async () => {
    const { rooms } = await world.test.do(world.owner, 'room.browse', { space: world.space });
    expect(rooms.map(({ info }) => info.name).sort()).toEqual(['general', 'general-slack']);
    const archived = await world.test.do(world.owner, 'room.browse', { space: world.space, archived: true });
    expect(archived.rooms.map(({ info }) => info.name)).toEqual(['old-news']);
  });
});

describe('bringing an export again', () => {
  it('brings what is new, and doubles nothing', async () => {
    const before = await messagesIn('general-slack');
    const later = { 'general/2023-12-01.json': [{ type: 'message', user: 'U1', ts: ts(900_000), text: 'later' }] };
    const file = world.write('later.zip', zipOf(slackFixture(later)));
    const again = await world.bring(readSlack, file);
    expect(rowOf(again, '#general')?.outcomes).toMatchObject({ 'post:brought': 1, 'post:already': 12 });
    expect(again.people.every(({ how }) => how === 'here')).toBe(true);
    const after = await messagesIn('general-slack');
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)?.text).toBe('later');
  });

  it('goes on after it was broken off anywhere', async () => {
    const whole = await tellingOf(world);
    const other = await ImportWorld.open();
    try {
      const file = other.write('export.zip', zipOf(slackFixture()));
      for (let calls = 1; calls < 40; calls += 3) {
        const outcome = await other
          .bring(readSlack, file, { wrap: (desk) => breaking(desk, calls) })
          .catch(() => 'broken');
        if (outcome !== 'broken') break;
      }
      await other.bring(readSlack, file);
      expect(await tellingOf(other)).toEqual(whole.filter((text) => text !== 'later'));
    } finally {
      await other.close();
    }
  });
});

async function tellingOf({ test, owner }: ImportWorld): Promise<string[]> {
  const { rooms } = await test.do(owner, 'account.home', {});
  const room = rooms.find(({ info }) => info.name === 'general-slack');
  if (!room) return [];
  const { messages } = await test.do(owner, 'message.list', { room: room.info.id, limit: 100 });
  return messages.map(({ text }) => text);
}

/** Fails at the call of this number, and at all after it. */
function breaking(desk: ImportDesk, calls: number): ImportDesk {
  let left = calls;
  return new Proxy(desk, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        left -= 1;
        if (left < 0) return Promise.reject(new Error('killed'));
        return Reflect.apply(method, target, args) as unknown;
      };
    },
  });
}

describe('a zip that is not what it should be', () => {
  const refusal = async (files: Record<string, unknown>, claimedSize?: number) => {
    const file = world.write('bad.zip', zipOf(files, claimedSize === undefined ? {} : { claimedSize }));
    return world.bring(readSlack, file, { dryRun: true }).then(
      () => 'it was read',
      ({ name, message }: Error) => `${name}: ${message}`,
    );
  };

  it('is refused with a sentence', async () => {
    expect(await refusal({ 'readme.txt': 'hello' })).toBe(
      'ImportRefused: This is no export of Slack: it has no users.json. Give the zip as Slack made it.',
    );
    expect(await refusal({ '../users.json': '[]' })).toContain('a file whose name leads out of it');
    expect(await refusal({ '/etc/users.json': '[]' })).toContain('a file whose name leads out of it');
    expect(await refusal({ 'users.json': '[{' })).toContain('users.json in the export is not JSON');
    expect(await refusal({ 'users.json': '[]' }, 4_000_000_000)).toContain('claims to unpack to 3,815 MiB');
    expect(await refusal({ 'users.json': '[]' }, 1_000_000)).toContain('cannot be read as a zip');
    world.write('bad.zip', 'not a zip at all');
    await expect(world.bring(readSlack, join(world.folder, 'bad.zip'))).rejects.toThrow('cannot be read as a zip');
    await expect(world.bring(readSlack, '/nowhere.zip')).rejects.toThrow('There is no file /nowhere.zip.');
  });

  it('may have been packed anew in a folder of its own', async () => {
    const packed = Object.fromEntries(
      Object.entries(slackFixture()).map(([name, rows]) => [`team export/${name}`, rows]),
    );
    const file = world.write('packed.zip', zipOf({ '__MACOSX/users.json': 'x', ...packed }));
    const told = await world.bring(readSlack, file, { dryRun: true });
    expect(rowOf(told, '#general')?.found.messages).toBe(16);
  });
});
