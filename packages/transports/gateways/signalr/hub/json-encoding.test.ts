import { describe, expect, test } from 'vitest';
import { bounds, records } from '../testing/bounds.ts';
import { jsonEncoding } from './json-encoding.ts';
import type { HubMessage } from './message.ts';

const decode = (bytes: Uint8Array) => jsonEncoding.decode(bytes, bounds);

const messages: readonly [string, unknown, HubMessage][] = [
  [
    'a call',
    { type: 1, invocationId: '1', target: 'a', arguments: [42] },
    { type: 1, invocationId: '1', target: 'a', arguments: [42] },
  ],
  ['a call that nobody waits for', { type: 1, target: 'a', arguments: [] }, { type: 1, target: 'a', arguments: [] }],
  [
    'a call with an id of null',
    { type: 1, invocationId: null, target: 'a', arguments: [] },
    { type: 1, target: 'a', arguments: [] },
  ],
  [
    'a call with streams',
    { type: 1, target: 'a', arguments: [], streamIds: ['7'] },
    { type: 1, target: 'a', arguments: [], streamIds: ['7'] },
  ],
  [
    'a call with headers',
    { type: 1, headers: { a: 'b' }, target: 'a', arguments: [] },
    { type: 1, target: 'a', arguments: [] },
  ],
  ['a call without a name', { type: 1, target: '', arguments: [] }, { type: 1, target: '', arguments: [] }],
  [
    'a stream',
    { type: 4, invocationId: '1', target: 'a', arguments: [] },
    { type: 4, invocationId: '1', target: 'a', arguments: [] },
  ],
  ['an item', { type: 2, invocationId: '1', item: null }, { type: 2, invocationId: '1', item: null }],
  ['a completion with a result', { type: 3, invocationId: '1', result: 0 }, { type: 3, invocationId: '1', result: 0 }],
  ['a completion with nothing', { type: 3, invocationId: '1' }, { type: 3, invocationId: '1' }],
  [
    'a completion with an error',
    { type: 3, invocationId: '1', error: 'x' },
    { type: 3, invocationId: '1', error: 'x' },
  ],
  ['a cancellation', { type: 5, invocationId: '1' }, { type: 5, invocationId: '1' }],
  ['a ping', { type: 6 }, { type: 6 }],
  ['a close', { type: 7, allowReconnect: true, error: null }, { type: 7, allowReconnect: true }],
  ['a close with an error', { type: 7, error: 'x' }, { type: 7, error: 'x' }],
  ['an acknowledgement', { type: 8, sequenceId: 1394 }, { type: 8, sequenceId: 1394 }],
  ['a sequence', { type: 9, sequenceId: 1234 }, { type: 9, sequenceId: 1234 }],
];

const broken: readonly [string, string | object][] = [
  ['nothing', ''],
  ['no JSON', '{'],
  ['a number', '1'],
  ['null', 'null'],
  ['a list', '[]'],
  ['no type', {}],
  ['a type that is a text', { type: '1' }],
  ['a call without a target', { type: 1, arguments: [] }],
  ['a target that is a number', { type: 1, target: 1, arguments: [] }],
  ['a call without arguments', { type: 1, target: 'a' }],
  ['arguments that are an object', { type: 1, target: 'a', arguments: {} }],
  ['an id that is a number', { type: 1, invocationId: 1, target: 'a', arguments: [] }],
  ['an id without characters', { type: 1, invocationId: '', target: 'a', arguments: [] }],
  ['an id that is too long', { type: 1, invocationId: '123456789', target: 'a', arguments: [] }],
  ['streams that are numbers', { type: 1, target: 'a', arguments: [], streamIds: [1] }],
  ['a stream without an id', { type: 4, target: 'a', arguments: [] }],
  ['an item without an id', { type: 2, item: 1 }],
  ['a completion without an id', { type: 3 }],
  ['a completion with result and error', { type: 3, invocationId: '1', result: 1, error: 'x' }],
  ['a completion with an error that is a number', { type: 3, invocationId: '1', error: 1 }],
  ['a cancellation without an id', { type: 5 }],
  ['an acknowledgement of nothing', { type: 8 }],
  ['an acknowledgement of a text', { type: 8, sequenceId: '1' }],
  ['a negative sequence', { type: 9, sequenceId: -1 }],
  ['a broken sequence', { type: 9, sequenceId: 1.5 }],
  ['a sequence beyond whole numbers', '{"type":9,"sequenceId":1e300}'],
  ['too much nesting', `{"type":1,"target":"a","arguments":${'['.repeat(6)}${']'.repeat(6)}}`],
];

describe('the JSON encoding', () => {
  test.each(messages)('takes %s', (_, sent, message) => {
    expect(decode(records(sent as object))).toEqual([message]);
  });

  test.each(broken)('does not take %s', (_, sent) => {
    expect(() => decode(records(sent))).toThrow(expect.objectContaining({ name: 'NotInForm', tooLarge: false }));
  });

  test('takes several messages at once and leaves out those that it does not know', () => {
    const bytes = records({ type: 6 }, { type: 77, new: true }, { type: 8, sequenceId: 1 });
    expect(decode(bytes)).toEqual([{ type: 6 }, { type: 8, sequenceId: 1 }]);
    expect(decode(Buffer.alloc(0))).toEqual([]);
  });

  test('does not take a message that is not ended, nor bytes that are not UTF-8', () => {
    expect(() => decode(Buffer.from('{"type":6}'))).toThrow('incomplete');
    expect(() => decode(Buffer.concat([Buffer.from([0x22, 0xff, 0x22]), Buffer.from([0x1e])]))).toThrow('not JSON');
  });

  test('knows a message that is too large by its length, ended or not', () => {
    const text = 'x'.repeat(bounds.messageBytes);
    for (const bytes of [Buffer.from(`${text}x`), Buffer.from(`${text}x\u001e`)]) {
      expect(() => decode(bytes)).toThrow(expect.objectContaining({ tooLarge: true }));
    }
    expect(() => decode(Buffer.from(`${text}\u001e`))).toThrow(expect.objectContaining({ tooLarge: false }));
  });

  test.each(messages)('sends %s so that it is taken again', (_, __, message) => {
    expect(decode(jsonEncoding.encode(message))).toEqual([message]);
  });

  test('puts calls and items together from values that are encoded once', () => {
    const value = jsonEncoding.valueOfJson('{"text":"Ä\\u001e"}');
    expect(String(jsonEncoding.call('message', value))).toBe(
      '{"type":1,"target":"message","arguments":[{"text":"Ä\\u001e"}]}\u001e',
    );
    expect(decode(jsonEncoding.streamItem('1"', value))).toEqual([
      { type: 2, invocationId: '1"', item: { text: 'Ä\u001e' } },
    ]);
    expect(String(jsonEncoding.value(undefined))).toBe('null');
  });
});
