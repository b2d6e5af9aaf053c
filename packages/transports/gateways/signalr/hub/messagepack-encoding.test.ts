import { encode } from '@msgpack/msgpack';
import { describe, expect, test } from 'vitest';
import { bounds } from '../testing/bounds.ts';
import type { HubMessage } from './message.ts';
import { messagePackEncoding } from './messagepack-encoding.ts';
import { prefixed, splitPrefixed } from './prefixed.ts';

const decode = (bytes: Uint8Array) => messagePackEncoding.decode(bytes, bounds);
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const body = (text: string) => prefixed(hex(text));
const packed = (value: unknown) => prefixed(encode(value));

/** The bytes are those that the protocol's description gives as examples. */
const described: readonly [string, string, HubMessage][] = [
  [
    'a call',
    '96 01 80 a3 78797a a6 6d6574686f64 91 2a 90',
    { type: 1, invocationId: 'xyz', target: 'method', arguments: [42], streamIds: [] },
  ],
  [
    'a call that nobody waits for',
    '96 01 80 c0 a6 6d6574686f64 91 2a 90',
    { type: 1, target: 'method', arguments: [42], streamIds: [] },
  ],
  [
    'a call with headers',
    '96 01 82 a1 78 a1 79 a1 7a a1 7a a3 78797a a6 6d6574686f64 91 2a 90',
    { type: 1, invocationId: 'xyz', target: 'method', arguments: [42], streamIds: [] },
  ],
  [
    'a stream',
    '96 04 80 a3 78797a a6 6d6574686f64 91 2a 90',
    { type: 4, invocationId: 'xyz', target: 'method', arguments: [42], streamIds: [] },
  ],
  ['an item', '94 02 80 a3 78797a 2a', { type: 2, invocationId: 'xyz', item: 42 }],
  [
    'a completion with an error',
    '95 03 80 a3 78797a 01 a5 4572726f72',
    { type: 3, invocationId: 'xyz', error: 'Error' },
  ],
  ['a completion with nothing', '94 03 80 a3 78797a 02', { type: 3, invocationId: 'xyz' }],
  ['a completion with a result', '95 03 80 a3 78797a 03 2a', { type: 3, invocationId: 'xyz', result: 42 }],
  ['a cancellation', '93 05 80 a3 78797a', { type: 5, invocationId: 'xyz' }],
  ['a ping', '91 06', { type: 6 }],
  ['a close', '92 07 a3 78797a', { type: 7, error: 'xyz' }],
  ['a close that allows to come back', '93 07 a3 78797a c3', { type: 7, error: 'xyz', allowReconnect: true }],
  ['an acknowledgement', '92 08 cc 24', { type: 8, sequenceId: 36 }],
  ['a sequence', '92 09 cc 13', { type: 9, sequenceId: 19 }],
];

const broken: readonly [string, Uint8Array][] = [
  ['no value', prefixed(Buffer.alloc(0))],
  ['a number', body('2a')],
  ['a map', body('81 01 02')],
  ['an array without anything', body('90')],
  ['a type that is a text', packed(['1'])],
  ['a type beyond numbers that count', packed([null])],
  ['a call without headers', packed([1, null, 'a', 'b', []])],
  ['headers that are an array', packed([1, [], 'a', 'b', []])],
  ['a call that is too short', packed([1, {}, null, 'b'])],
  ['a target that is nil', packed([1, {}, null, null, []])],
  ['arguments that are a map', packed([1, {}, null, 'a', {}])],
  ['an id that is a number', packed([1, {}, 1, 'a', []])],
  ['an id that is too long', packed([1, {}, '123456789', 'a', []])],
  ['a stream without an id', packed([4, {}, null, 'a', []])],
  ['an item that is missing', packed([2, {}, 'a'])],
  ['a completion of an unknown kind', packed([3, {}, 'a', 4, 1])],
  ['a completion with an error that is no text', packed([3, {}, 'a', 1, 1])],
  ['a cancellation without an id', packed([5, {}])],
  ['an acknowledgement of nothing', packed([8])],
  ['a sequence that is no whole number', packed([9, 1.5])],
  ['two values in one body', body('91 06 91 06')],
  ['a byte that MessagePack never uses', body('92 06 c1')],
  ['a map whose keys are arrays', body('92 06 81 90 01')],
  ['a key that is a prototype', packed([1, {}, null, 'a', [JSON.parse('{"__proto__":1}')]])],
  ['text that is not UTF-8', body('93 05 80 a1 ff')],
  ['too much nesting', body(`96 01 80 c0 a1 61 ${'91'.repeat(7)} 01 90`)],
];

/** Each claims more than there is. */
const greedy: readonly [string, string][] = [
  ['a short array', '92 06'],
  ['an array of 65535', '92 06 dc ffff'],
  ['an array of 33 million', '92 06 dd 01ffffff'],
  ['an array of 4294967295', '92 06 dd ffffffff'],
  ['a map of 65535', '92 06 de ffff'],
  ['a map of 4294967295', '92 06 df ffffffff'],
  ['arrays of 60 within one another', `92 06 ${'dc003c'.repeat(5)}`],
  ['a text of 4294967295', '92 06 db ffffffff'],
  ['bytes of 4294967295', '92 06 c6 ffffffff'],
  ['an extension of 4294967295', '92 06 c9 ffffffff 01'],
  ['half a number', '92 06 cf 0000'],
  ['a length that is cut off', '92 06 dd 00'],
];

describe('the MessagePack encoding', () => {
  test.each(described)('takes %s', (_, bytes, message) => {
    expect(decode(body(bytes))).toEqual([message]);
  });

  test.each(described)('sends %s so that it is taken again', (_, __, message) => {
    expect(decode(messagePackEncoding.encode(message))).toEqual([message]);
  });

  test('sends a ping in the only form that there is', () => {
    expect(messagePackEncoding.encode({ type: 6 })).toEqual(hex('02 91 06'));
  });

  test.each(broken)('does not take %s', (_, bytes) => {
    expect(() => decode(bytes)).toThrow(expect.objectContaining({ name: 'NotInForm' }));
  });

  test.each(greedy)('makes no room for %s before it is there', (_, bytes) => {
    expect(() => decode(body(bytes))).toThrow('incomplete');
  });

  test('leaves out messages that it does not know', () => {
    expect(decode(Buffer.concat([packed([77, {}, 'new']), body('91 06')]))).toEqual([{ type: 6 }]);
  });

  test('puts calls and items together from values that are encoded once', () => {
    const value = messagePackEncoding.valueOfJson('{"text":"Ä","at":1795248312439}');
    expect(decode(messagePackEncoding.call('message', value))).toEqual([
      { type: 1, target: 'message', arguments: [{ text: 'Ä', at: 1795248312439 }] },
    ]);
    expect(decode(messagePackEncoding.streamItem('7', value))).toEqual([
      { type: 2, invocationId: '7', item: { text: 'Ä', at: 1795248312439 } },
    ]);
    expect(messagePackEncoding.value({ a: undefined })).toEqual(hex('80'));
  });
});

describe('the length before a message', () => {
  const of = (bytes: number) => prefixed(Buffer.alloc(bytes));

  test.each([
    [0, '00'],
    [1, '01'],
    [127, '7f'],
    [128, '8001'],
    [16_383, 'ff7f'],
    [16_384, '808001'],
    [2_097_152, '80808001'],
  ])('of %i bytes is %s', (bytes, prefix) => {
    expect(
      of(bytes)
        .subarray(0, prefix.length / 2)
        .toString('hex'),
    ).toBe(prefix);
    expect(splitPrefixed(of(bytes), 4_000_000)).toEqual([Buffer.alloc(bytes)]);
  });

  test.each([
    ['of more than is allowed', '65', 'too large'],
    ['of 2 GiB', 'ffffffff07', 'too large'],
    ['that would be negative in 32 bits', 'ffffffff0f', 'too large'],
    ['of five full bytes', 'ffffffff7f', 'too large'],
    ['that goes on for ever', 'ffffffffffff', 'not in form'],
    ['that is cut off', '80', 'incomplete'],
    ['of more than there is', '0500', 'incomplete'],
    ['behind a whole message', '0100 05', 'incomplete'],
  ])('%s is not taken', (_, bytes, problem) => {
    expect(() => splitPrefixed(hex(bytes), 100)).toThrow(problem);
  });

  test('in more bytes than it needs is taken', () => {
    expect(splitPrefixed(hex('8100 2a'), 100)).toEqual([hex('2a')]);
  });

  test('parts several messages', () => {
    expect(splitPrefixed(Buffer.concat([of(2), of(0), of(1)]), 100).map(({ length }) => length)).toEqual([2, 0, 1]);
  });
});
