import { commands } from '@confab/protocol';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Incoming, readIncoming } from './incoming.ts';
import { defaultSocketIoLimits as limits } from './limits.ts';

const post = (room?: string, clientId?: string) => ({ act: 'post', room, text: 'hello', clientId });
const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) });

describe('an event of a client', () => {
  test.each<[string, unknown, unknown[], object]>([
    ['a text is a message', 'message', ['hello'], post()],
    ['an object is a message', 'message', [{ text: 'hello', room: 'general' }], post('general')],
    ['a message may have its own id', 'message', [{ text: 'hello', clientId: 'c-1' }], post(undefined, 'c-1')],
    ['what comes after the message is passed over', 'message', ['hello', 1, {}], post()],
    ['join', 'join', ['general'], { act: 'join', room: 'general' }],
    ['leave', 'leave', ['general'], { act: 'leave', room: 'general' }],
    [
      'command',
      'command',
      ['room.join', { room: 'x' }],
      { act: 'command', command: 'room.join', params: { room: 'x' } },
    ],
    [
      'its parameters may be left out',
      'command',
      ['account.home'],
      { act: 'command', command: 'account.home', params: {} },
    ],
    ['nested as deeply as may be', 'log.read', [nested(limits.depth)], { act: 'command' }],
    ['nested deeper', 'log.read', [nested(limits.depth + 1)], { act: 'refuse' }],
    ['a command of a prototype', 'command', ['toString'], { act: 'refuse', error: { code: 'unknown-command' } }],
    ['an unknown command', 'message.burn', [], { act: 'refuse', error: { code: 'unknown-command' } }],
    [
      'a name of the client’s own',
      'drawing',
      [1],
      { act: 'broadcast', room: undefined, name: 'drawing', payload: '1' },
    ],
    ['the same in a room', 'broadcast', ['room-1', 'drawing', 1], { act: 'broadcast', room: 'room-1', payload: '1' }],
    ['bytes in it', 'drawing', [Buffer.of(0)], { act: 'broadcast', payload: '{"base64":"AA=="}' }],
    ['one nested deeper', 'drawing', [nested(limits.depth)], { act: 'refuse', error: { code: 'invalid-params' } }],
    ['one whose name means something', 'broadcast', ['room-1', 'disconnect'], { error: { details: { path: 'name' } } }],
    ['one of no room', 'broadcast', [{}, 'drawing'], { act: 'refuse', error: { details: { path: 'room' } } }],
    ['one of no name', 'broadcast', ['room-1'], { act: 'refuse', error: { details: { path: 'name' } } }],
    [
      'a long unknown name is not told back whole',
      'x'.repeat(999),
      [],
      { error: { details: { command: 'x'.repeat(64) } } },
    ],
  ])('%s', (_, event, args, expected) => {
    expect(readIncoming(event, args, limits)).toMatchObject(expected);
  });

  test.each(Object.keys(commands))('[C4] reaches %s by its name', (command) => {
    expect(readIncoming(command, [{ a: 1 }], limits)).toEqual({ act: 'command', command, params: { a: 1 } });
  });

  test('of any kind is read or refused, and never throws', () => {
    const acts: Incoming['act'][] = ['post', 'broadcast', 'join', 'leave', 'command', 'refuse'];
    const event = fc.oneof(fc.constantFrom('message', 'join', 'leave', 'command', 'log.read'), fc.anything());
    void fc.assert(
      fc.property(event, fc.array(fc.anything()), (name, args) => {
        expect(acts).toContain(readIncoming(name, args, limits).act);
      }),
    );
  });
});
