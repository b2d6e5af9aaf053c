import type { Message } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '../report.ts';
import { ImportWorld } from '../testing/import-world.ts';
import { zipOf } from '../testing/zip-of.ts';
import { readMattermost } from './read-mattermost.ts';

const at = (after: number): number => 1_650_000_000_000 + after;

const user = (username: string, more: object = {}) => ({
  type: 'user',
  user: {
    username,
    email: `${username}@example.org`,
    first_name: username,
    last_name: 'Doe',
    roles: 'system_user',
    teams: [{ name: 'crew', roles: 'team_user', channels: [{ name: 'deck' }, { name: 'hold' }] }],
    ...more,
  },
});
const post = (who: string, after: number, message: string, more: object = {}, channel = 'deck') => ({
  type: 'post',
  post: { team: 'crew', channel, user: who, message, create_at: at(after), ...more },
});

/** An export of Mattermost of our own making, with what is odd about it. Posts do not come in the order of time. */
const fixture = (): object[] => [
  { type: 'version', version: 1, info: { generator: 'mattermost-server' } },
  { type: 'emoji', emoji: { name: 'shanty', image: 'shanty.png' } },
  { type: 'team', team: { name: 'crew', display_name: 'The crew', type: 'I' } },
  { type: 'channel', channel: { team: 'crew', name: 'deck', display_name: 'Deck', type: 'O', header: 'Up here' } },
  { type: 'channel', channel: { team: 'crew', name: 'hold', display_name: 'Hold', type: 'P', purpose: 'Down there' } },
  { type: 'channel', channel: { team: 'crew', name: 'raft', display_name: 'Raft', type: 'O', delete_at: at(900) } },
  user('jo.sailor', { nickname: 'Jo' }),
  user('kim'),
  user('lee', { delete_at: at(500) }),
  user('owner'),
  { type: 'bot', bot: { username: 'bell', display_name: 'Ship bell', owner: 'kim' } },
  post('kim', 50, 'second, ~deck and @jo.sailor. `@kim ~deck` :wave: @channel', { edit_at: at(90) }),
  post('jo.sailor', 10, 'first', {
    is_pinned: true,
    reactions: [
      { user: 'kim', emoji_name: '+1', create_at: at(12) },
      { user: 'kim', emoji_name: 'shanty', create_at: at(13) },
      { user: 'nobody', emoji_name: '+1', create_at: at(14) },
    ],
    replies: [
      {
        user: 'kim',
        message: 'a reply',
        create_at: at(20),
        reactions: null,
        attachments: [{ path: 'data/x/map.png' }],
      },
      { user: 'lee', message: 'another', create_at: at(30) },
    ],
  }),
  post('kim', 60, 'kim joined the channel.', { type: 'system_join_channel' }),
  post('kim', 70, 'the same moment'),
  post('kim', 70, 'the same moment, too'),
  post('jo.sailor', 80, '*climbs*', { type: 'me' }),
  post('bell', 85, '', { props: { attachments: [{ title: 'Four bells', text: 'All is well.' }] } }),
  post('gone', 86, 'from somebody who is not in the list'),
  post('kim', 87, 'below', {}, 'hold'),
  post('kim', 88, 'nowhere', {}, 'no-such-channel'),
  { type: 'direct_channel', direct_channel: { members: ['kim', 'jo.sailor'], header: '' } },
  {
    type: 'direct_channel',
    direct_channel: { participants: [{ username: 'kim' }, { username: 'lee' }, { username: 'owner' }] },
  },
  {
    type: 'direct_post',
    direct_post: { channel_members: ['jo.sailor', 'kim'], user: 'kim', message: 'psst', create_at: at(5) },
  },
  {
    type: 'direct_post',
    direct_post: { channel_members: ['kim', 'lee', 'owner'], user: 'owner', message: 'we three', create_at: at(6) },
  },
];
const linesOf = (rows: readonly object[]): string => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;

let world: ImportWorld;
let report: ImportReport;
beforeAll(async () => {
  world = await ImportWorld.open();
  report = await world.bring(readMattermost, world.write('export.jsonl', linesOf(fixture())));
});
afterAll(() => world.close());

async function messagesIn(name: string): Promise<Message[]> {
  const { rooms } = await world.test.do(world.owner, 'account.home', {});
  const room = rooms.find(({ info }) => info.name === name);
  if (!room) throw new Error(`There is no room ${name}.`);
  return (await world.test.do(world.owner, 'message.list', { room: room.info.id, limit: 100 })).messages;
}

describe('an export of Mattermost', () => {
  it('brings posts in the order of time, with threads, pins, reactions and changes', async () => {
    const messages = await messagesIn('deck');
    expect(messages.map(({ text, postedAt }) => [text, postedAt - at(0)])).toEqual([
      ['first', 10],
      ['second, #deck and @jo.sailor. `@kim ~deck` 👋 @channel', 50],
      ['the same moment', 70],
      ['the same moment, too', 70],
      ['climbs', 80],
      ['Four bells\nAll is well.', 85],
      ['from somebody who is not in the list', 86],
    ]);
    const [first, second, , , climbs] = messages;
    expect(first).toMatchObject({ replies: { count: 2, lastAt: at(30) }, pinned: { at: at(10) } });
    expect(first?.reactions?.map(({ emoji, count }) => [emoji, count])).toEqual([['👍', 1]]);
    expect(second).toMatchObject({ editedAt: at(90), mentionsAll: 'room' });
    expect(second?.mentions).toHaveLength(1);
    expect(climbs?.style).toBe('me');
  });

  it('brings rooms as what they were', async () => {
    expect(report.rooms.map(({ room, kind, name }) => [room, kind, name])).toEqual([
      ['#deck', 'channel', 'deck'],
      ['#hold', 'channel', 'hold'],
      ['#raft', 'channel', 'raft'],
      ['@kim @jo.sailor', 'direct', ''],
      ['@kim @lee @owner', 'group', ''],
    ]);
    expect((await messagesIn('hold')).map(({ text }) => text)).toEqual(['below']);
  });

  it('says what is left out and why', () => {
    expect(report.rooms[0]?.leftOut).toEqual({ 'system-line': 1, 'unknown-emoji': 1, 'unknown-person': 1, file: 1 });
    expect(report.unknownRooms).toEqual({ 'crew/no-such-channel': 1 });
  });

  it('doubles nothing when it comes again, as a zip', async () => {
    const before = await messagesIn('deck');
    const rows = [...fixture(), post('kim', 5_000, 'later')];
    const again = await world.bring(
      readMattermost,
      world.write('export.zip', zipOf({ 'import.jsonl': linesOf(rows) })),
    );
    expect(again.rooms[0]?.outcomes).toMatchObject({ 'post:already': 9, 'post:brought': 1 });
    const after = await messagesIn('deck');
    expect([after.slice(0, -1), after.at(-1)?.text]).toEqual([before, 'later']);
  });

  it('that is none is refused with a sentence', async () => {
    const refused = (content: string) =>
      world.bring(readMattermost, world.write('bad.jsonl', content)).then(
        () => 'it was read',
        (error: Error) => error.message,
      );
    expect(await refused('{"type":"version","version":2}')).toContain('does not say version 1');
    expect(await refused('{"type":"version","version":1}\n{"type"')).toBe(
      'Line 2 of the export is not JSON. Perhaps it was not downloaded to its end.',
    );
    await expect(world.bring(readMattermost, '/nowhere.jsonl')).rejects.toThrow('There is no file /nowhere.jsonl.');
  });
});
