import { toWireError } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { defaultGraphqlLimits as limits } from './limits.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { GraphqlContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';

const schema = createSchema();
const contextOf = (signedIn: boolean): GraphqlContext => ({
  ask: async () => (signedIn ? { result: {} } : { error: toWireError('unauthenticated') }),
  home: async () => ({ error: toWireError('unauthenticated') }),
  streams: null,
});

interface Given {
  readonly variables?: Record<string, unknown>;
  readonly signedIn?: boolean;
  readonly openSchema?: boolean;
  readonly operationName?: string;
}

async function outcome(query: string, { variables, signedIn = true, openSchema = false, operationName }: Given = {}) {
  return prepare({ schema, limits, openSchema }, { query, variables, operationName }, contextOf(signedIn));
}

const refusedWith = (prepared: Prepared) =>
  'errors' in prepared ? [prepared.errors[0]?.extensions.code, prepared.errors[0]?.extensions.details] : 'taken';
const limit = (name: keyof typeof limits, what: string) => ['limit-reached', { limit: limits[name], what }];

const nested = (levels: number) => `{ roomShow(room: "x") ${'{ a '.repeat(levels - 1)} ${'} '.repeat(levels - 1)} }`;
const aliases = (count: number) =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: __typename`).join(' ')} }`;
const pings = (count: number) =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: connectionPing { serverTime }`).join(' ')} }`;
const list = (size: string) => `messageList(room: "x", limit: ${size}) { messages { id text seq } }`;
/** Fragments that each hold the next one twice: 2¹⁹ fields in a short text. */
const bomb = `{ accountHome { ...f0 } } ${Array.from({ length: 19 }, (_, index) => `fragment f${index} on Home { ...f${index + 1} rooms { info { id } } ...f${index + 1} }`).join(' ')} fragment f19 on Home { session }`;

describe('a document beyond a bound is refused with it', () => {
  const cases: [string, string, Given, ReturnType<typeof limit>][] = [
    [
      'characters',
      `{ __typename } ${'#'.repeat(limits.documentChars)}`,
      {},
      limit('documentChars', 'characters in a document'),
    ],
    [
      'words',
      `{ ${'a '.repeat(limits.documentTokens)} }`,
      {},
      limit('documentTokens', 'words and signs in a document'),
    ],
    [
      'comments',
      `{ a } ${'#\n'.repeat(limits.documentComments + 1)}`,
      {},
      limit('documentComments', 'comments in a document'),
    ],
    ['levels', nested(limits.depth + 1), {}, limit('depth', 'levels of fields in an operation')],
    [
      'levels in fragments',
      `{ roomShow(room: "x") { ...a } } fragment a on RoomShowResult ${'{ a '.repeat(limits.depth)} ${'} '.repeat(limits.depth)}`,
      {},
      limit('depth', 'levels of fields in an operation'),
    ],
    ['aliases', aliases(limits.aliases + 1), {}, limit('aliases', 'aliases in a document')],
    [
      'fragments',
      `{ ...f0 } ${'fragment f on Query { __typename } '.repeat(21)}`,
      {},
      limit('fragments', 'fragments in a document'),
    ],
    [
      'the same again and again',
      `{ accountHome { ${'me { id } '.repeat(11)} } }`,
      {},
      limit('repeats', 'repetitions of a field'),
    ],
    ['commands', pings(limits.commands + 1), {}, limit('commands', 'commands in an operation')],
    [
      'operations',
      'query A { __typename } '.repeat(limits.documentOperations + 1),
      {},
      limit('documentOperations', 'operations in a document'),
    ],
    ['a page in the document', `{ ${list('10000')} }`, {}, limit('cost', 'fields in an answer, pages counted in full')],
    [
      'a page in a variable',
      `query ($n: Int) { ${list('$n')} }`,
      { variables: { n: 10_000 } },
      limit('cost', 'fields in an answer, pages counted in full'),
    ],
    ['fragments that double', bomb, {}, limit('cost', 'fields in an answer, pages counted in full')],
  ];
  test.each(cases)('[X1] %s', async (_, query, given, refusal) => {
    expect(refusedWith(await outcome(query, given))).toEqual(refusal);
  });

  const within: [string, string, Given][] = [
    ['repetitions', `{ ${'__typename '.repeat(limits.repeats)} }`, {}],
    ['aliases', aliases(limits.commands), {}],
    ['commands', pings(limits.commands), {}],
    ['a whole page', `{ ${list('100')} }`, {}],
    ['a page in a variable', `query ($n: Int) { ${list('$n')} }`, { variables: { n: 100 } }],
    [
      'all that a screen needs first',
      '{ accountHome { me { id } spaces { id name role position { seq } } rooms { info { id name topic } memberCount position { epoch seq count } membership { readSeq readCount } } people { id handle name } inbox { epoch seq } } }',
      {},
    ],
  ];
  test.each(within)('and is taken up to it: %s', async (_, query, given) => {
    expect(refusedWith(await outcome(query, given))).toBe('taken');
  });
});

describe('a document that is wrong is refused', () => {
  const cases: [string, string, string][] = [
    ['malformed', 'no document', 'nonsense'],
    ['malformed', 'a text without an end', '{ a(b: "'],
    ['invalid-params', 'a fragment within itself', '{ ...a } fragment a on Query { ...a }'],
    ['invalid-params', 'a fragment that is not there', '{ ...a }'],
    [
      'invalid-params',
      'a subscription to two things',
      'subscription { messages(room: "x") { text } events { event } }',
    ],
    ['invalid-params', 'a type definition', 'type Query { a: Int }'],
    ['invalid-params', 'a directive that is not there', '{ __typename @nothing }'],
  ];
  test.each(cases)('[X1] with %s: %s', async (code, _, query) => {
    expect(refusedWith(await outcome(query))[0]).toBe(code);
  });

  test('with at most so many mistakes told', async () => {
    const prepared = await outcome(`{ ${Array.from({ length: 200 }, (_, index) => `no${index}`).join(' ')} }`);
    expect('errors' in prepared && prepared.errors.length).toBeLessThan(30);
  });
});

describe('what the schema is', () => {
  const introspection = '{ __schema { types { name } } }';
  test.each([
    ['is told to whoever is signed in', { signedIn: true }, 'taken'],
    ['is told to anyone in development', { signedIn: false, openSchema: true }, 'taken'],
    ['is not told to strangers', { signedIn: false }, ['unauthenticated', undefined]],
  ])('%s', async (_, given, expected) => {
    expect(refusedWith(await outcome(introspection, given))).toEqual(expected);
    expect(
      refusedWith(await outcome(`{ ...a } fragment a on Query { __type(name: "Query") { name } }`, given)),
    ).toEqual(expected);
  });

  test('is not given away by suggestions either', async () => {
    const told = async (given: Given) => JSON.stringify(await outcome('{ instanceSho { name } }', given));
    expect(await told({ openSchema: true })).toContain('instanceShow');
    expect(await told({ signedIn: false })).not.toContain('instanceShow');
  });

  test('cannot be asked for without an end', async () => {
    const deep = `{ __schema { types { ${'fields { type { '.repeat(10)} name ${'} } '.repeat(10)} } } }`;
    expect(refusedWith(await outcome(deep))[0]).toBe('invalid-params');
  });
});
