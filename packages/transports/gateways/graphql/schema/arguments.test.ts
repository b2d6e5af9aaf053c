import type { CommandName } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { parametersOf, roomsByName } from './arguments.ts';

const id = '01890000-0000-7000-8000-000000000001';

describe('the parameters of a command', () => {
  const cases: [string, CommandName, Record<string, unknown>, object][] = [
    ['are its arguments', 'room.rename', { room: id, name: 'new' }, { room: id, name: 'new' }],
    ['are without what was left out', 'message.list', { room: id, limit: undefined }, { room: id }],
    ['are without a null that means nothing', 'message.list', { room: id, limit: null }, { room: id }],
    ['keep a null that means something', 'invite.create', { space: id, maxUses: null }, { space: id, maxUses: null }],
    [
      'deliver a token',
      'account.sign-in',
      { handle: 'a', password: 'b' },
      { handle: 'a', password: 'b', deliver: 'token' },
    ],
    ['keep a client id', 'message.post', { room: id, text: '', clientId: 'c' }, { room: id, text: '', clientId: 'c' }],
  ];
  test.each(cases)('%s', (_, command, args, params) => {
    expect(parametersOf(command, args)).toEqual(params);
  });

  test.each([undefined, null])('[L2] of a post have a client id of their own when it is %s', (clientId) => {
    const make = () => parametersOf('message.post', { room: id, text: '', clientId }).clientId;
    expect(make()).toMatch(/^[0-9a-f-]{36}$/);
    expect(make()).not.toBe(make());
  });
});

describe('a room', () => {
  test.each([
    ['general', [['room', 'general']]],
    ['Home/general', [['room', 'Home/general']]],
    [id, []],
  ])('that is called %s is looked up by name only if it is no id', (room, expected) => {
    expect(roomsByName('room.join', { room })).toEqual(expected);
  });

  test('of another kind of id is left alone', () => {
    expect(roomsByName('space.rename', { space: 'general', name: 'x' })).toEqual([]);
  });
});
