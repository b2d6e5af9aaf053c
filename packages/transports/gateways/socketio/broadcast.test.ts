import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argumentsOf, isOwnName, payloadOf } from './broadcast.ts';

const bytes = Uint8Array.of(0, 1, 255);
const placeholder = (num: number) => ({ _placeholder: true, num });

describe('what clients tell each other', () => {
  test.each<[string, unknown[], unknown]>([
    ['one argument goes as it is', [{ x: 1 }], { x: 1 }],
    ['several go as a list', ['a', [2], null], { args: ['a', [2], null] }],
    ['none goes as an empty list', [], { args: [] }],
    ['a lone undefined goes as null', [undefined], null],
    ['a lone list goes as it is', [[1, 2]], [1, 2]],
    ['what looks like several is one of several', [{ args: [1] }], { args: [{ args: [1] }] }],
    ['bytes go as base64', [{ deep: [bytes] }], { deep: [{ base64: 'AAH/' }] }],
    ['so do those of a Buffer', [Buffer.from(bytes)], { base64: 'AAH/' }],
    ['so do those of an ArrayBuffer', [bytes.buffer], { base64: 'AAH/' }],
    ['so do those of a part of one', [new Uint8Array([9, 0, 1, 255, 9]).subarray(1, 4)], { base64: 'AAH/' }],
  ])('%s', (_, args, payload) => {
    expect(JSON.parse(payloadOf(args))).toEqual(payload);
  });

  test('comes back as it was, whatever JSON it is', () => {
    const json = fc.jsonValue().filter((value) => !/"(base64|_placeholder|__proto__)":/.test(JSON.stringify(value)));
    void fc.assert(
      fc.property(fc.array(json, { maxLength: 3 }), (args) => {
        expect(argumentsOf(payloadOf(args))).toEqual({ args: JSON.parse(JSON.stringify(args)), attachments: [] });
      }),
    );
  });

  test('comes back with its bytes apart, each once and in order', () => {
    const { args, attachments } = argumentsOf(payloadOf(['a', bytes, { b: Buffer.from('b') }]));
    expect(args).toEqual(['a', placeholder(0), { b: placeholder(1) }]);
    expect(attachments).toEqual([Buffer.from(bytes), Buffer.from('b')]);
  });

  test('that is no JSON is a text', () => {
    expect(argumentsOf('not {JSON')).toEqual({ args: ['not {JSON'], attachments: [] });
  });

  test('cannot stand for bytes that do not come', () => {
    expect(argumentsOf('{"a":{"_placeholder":true,"num":7},"b":[{"_placeholder":false}]}').args).toEqual([
      { a: null, b: [null] },
    ]);
  });

  test.each(['connect', 'disconnect', 'error', 'message', 'cursor', 'broadcast', 'log.head', 'a.b', ''])(
    '“%s” is no name of their own',
    (name) => expect(isOwnName(name)).toBe(false),
  );

  test.each(['drawing', 'user moved', 'Connect', '__proto__'])('“%s” is one', (name) => {
    expect(isOwnName(name)).toBe(true);
  });
});
