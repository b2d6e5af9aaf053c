import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal, toWireError } from '../errors.ts';
import { jsonCodec } from './json.ts';

describe('decoding what a client sent', () => {
  test('[F1] [F2] a command is one JSON object with an id, a name and parameters', () => {
    expect(jsonCodec.decodeCommands('{"id":1,"command":"room.join","params":{"room":"r"}}')).toEqual([
      { id: 1, command: 'room.join', params: { room: 'r' } },
    ]);
  });

  test('[F2] parameters may be left out', () => {
    expect(jsonCodec.decodeCommands('{"id":0,"command":"connection.ping"}')).toEqual([
      { id: 0, command: 'connection.ping', params: {} },
    ]);
  });

  test('[F3] one message holds several frames with line feeds between them, empty lines ignored', () => {
    const frames = jsonCodec.decodeCommands('{"id":1,"command":"a"}\n\n{"id":2,"command":"b"}\n');
    expect(frames.map(({ id }) => id)).toEqual([1, 2]);
  });

  test.each([
    ['nothing', ''],
    ['only line feeds', '\n\n'],
    ['no JSON', 'hello'],
    ['half a frame', '{"id":1,"command":"a"'],
    ['an array', '[1,"a",{}]'],
    ['null', 'null'],
    ['a string', '"a"'],
    ['no id', '{"command":"a"}'],
    ['an id that is text', '{"id":"1","command":"a"}'],
    ['a negative id', '{"id":-1,"command":"a"}'],
    ['a broken id', '{"id":1.5,"command":"a"}'],
    ['an id beyond safe integers', '{"id":9007199254740993,"command":"a"}'],
    ['no command', '{"id":1}'],
    ['a command that is a number', '{"id":1,"command":2}'],
    ['a command of more than 64 characters', `{"id":1,"command":"${'a'.repeat(65)}"}`],
    ['a good frame beside a bad one', '{"id":1,"command":"a"}\nx'],
  ])('[F6] %s is malformed', (_, text) => {
    expect(() => jsonCodec.decodeCommands(text)).toThrow(new Refusal('malformed'));
  });

  test('[F6] whatever arrives is decoded or malformed, never another error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        try {
          jsonCodec.decodeCommands(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });

  test('a property named __proto__ changes no prototype', () => {
    const [frame] = jsonCodec.decodeCommands('{"id":1,"command":"a","params":{"__proto__":{"polluted":true}}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(frame?.params)).toBe(Object.prototype);
  });
});

describe('what one side encodes the other decodes', () => {
  test('[F2] commands', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ maxLength: 64 }), fc.jsonValue(), (id, command, params) => {
        const text = jsonCodec.encodeCommand({ id, command, params });
        expect(text).not.toContain('\n');
        expect(jsonCodec.decodeCommands(text)).toEqual([{ id, command, params: JSON.parse(JSON.stringify(params)) }]);
      }),
    );
  });

  test('[F2] replies, [F3] several in one message', () => {
    const error = toWireError('not-found');
    const text = `${jsonCodec.encodeResult(1, { text: 'two\nlines' })}\n${jsonCodec.encodeError(2, error)}`;
    expect(jsonCodec.decodeServerFrames(text)).toEqual([
      { reply: 1, result: { text: 'two\nlines' } },
      { reply: 2, error },
    ]);
  });
});
