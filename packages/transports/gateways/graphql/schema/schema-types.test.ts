import { type TSchema, Type } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { SafeInt } from './scalars.ts';
import { SchemaTypes } from './schema-types.ts';

const text = Type.String();
const nothing = Type.Object({}, { additionalProperties: false });

describe('a schema of the protocol in GraphQL', () => {
  const outputs: [string, TSchema, string][] = [
    ['a text', text, 'String!'],
    ['a text or null', Type.Union([text, Type.Null()]), 'String'],
    ['a literal', Type.Literal('channel'), 'String!'],
    ['a truth value', Type.Boolean(), 'Boolean!'],
    ['a number', Type.Number(), 'Float!'],
    ['a whole number without bounds', Type.Integer(), 'SafeInt!'],
    ['one with a lower bound only', Type.Integer({ minimum: 0 }), 'SafeInt!'],
    ['one within 32 bits', Type.Integer({ minimum: 1, maximum: 200 }), 'Int!'],
    ['one beyond 32 bits', Type.Integer({ minimum: 1, maximum: 2 ** 31 }), 'SafeInt!'],
    ['words', Type.Union([Type.Literal('a'), Type.Literal('b-c')]), 'Word!'],
    ['words or null', Type.Union([Type.Literal('a'), Type.Literal('b'), Type.Null()]), 'Word'],
    ['words that GraphQL has no names for', Type.Union([Type.Literal('a b'), Type.Literal('c')]), 'JSON'],
    ['words that mean something else', Type.Union([Type.Literal('true'), Type.Literal('c')]), 'JSON'],
    ['several shapes', Type.Union([text, Type.Integer()]), 'JSON'],
    ['anything', Type.Unknown(), 'JSON'],
    ['a record', Type.Record(Type.String(), text), 'JSON'],
    ['a list', Type.Array(text), '[String!]!'],
    ['a list or null', Type.Union([Type.Array(text), Type.Null()]), '[String!]'],
    ['a shape', Type.Object({ a: text }), 'PlaceWord!'],
    ['nothing', nothing, 'Boolean!'],
  ];
  test.each(outputs)('%s', (_, schema, expected) => {
    expect(String(new SchemaTypes().output(schema, 'Place.word'))).toBe(expected);
  });

  const inputs: [string, TSchema, string][] = [
    ['a shape', Type.Object({ a: text }), 'PlaceWordInput!'],
    ['a list of shapes', Type.Array(Type.Object({ a: text })), '[PlaceWordInput!]!'],
    ['anything', Type.Unknown(), 'JSON!'],
  ];
  test.each(inputs)('%s as an argument', (_, schema, expected) => {
    expect(String(new SchemaTypes().input(schema, 'Place.word'))).toBe(expected);
  });

  test('that stands in two places is one type, and another of the same name another', () => {
    const types = new SchemaTypes();
    const shape = Type.Object({ a: text });
    expect(types.output(shape, 'One.word')).toEqual(types.output(shape, 'Two.word'));
    expect(String(types.output(Type.Object({ b: text }), 'One.word'))).toBe('OneWord2!');
    expect(String(types.input(shape, 'One.word'))).toBe('OneWordInput!');
  });
});

describe('a whole number', () => {
  test.each([0, -1, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    '%d comes and goes as it is',
    (value) => {
      expect(SafeInt.coerceInputValue(value)).toBe(value);
      expect(SafeInt.coerceOutputValue(value)).toBe(value);
      expect(SafeInt.coerceInputLiteral?.({ kind: 'IntValue' as never, value: String(value) })).toBe(value);
    },
  );

  test.each([1.5, 2 ** 53, Number.NaN, '7', true, null, {}])('%s is none', (value) => {
    expect(() => SafeInt.coerceInputValue(value)).toThrow('SafeInt');
  });

  test.each(['9007199254740993', '1e400'])('%s in a document is none', (value) => {
    expect(() => SafeInt.coerceInputLiteral?.({ kind: 'IntValue' as never, value })).toThrow('SafeInt');
  });
});
