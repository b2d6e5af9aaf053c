import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { commands } from './commands.ts';
import { ClientIdSchema, LogIdSchema, Seq, UserIdSchema } from './schema.ts';

const id = '0190abcd-5678-7000-8000-00000000000f';

const cases: [what: string, schema: TSchema, fits: unknown[], refused: unknown[]][] = [
  ['an id', UserIdSchema, [id], ['', id.toUpperCase(), `${id}0`, ` ${id}`, `${id}\n`, id.replaceAll('-', ''), 1, null]],
  ['a log', LogIdSchema, [`room:${id}`, `space:${id}`, `inbox:${id}`], [id, `rooms:${id}`, `room:${id}x`, 'room:']],
  ['a client id', ClientIdSchema, ['a', '~'.repeat(64)], ['', 'a b', 'é', 'a'.repeat(65), 'a\n']],
  ['a position', Seq, [0, 1, 2 ** 40], [-1, 1.5, '1', Number.NaN]],
  [
    'a handle',
    commands['account.set-up'].params.properties.handle,
    ['ada', 'a1', 'a.b-c_d'],
    ['a', 'Ada', '.ada', 'a b', 'a'.repeat(33), 'ädä'],
  ],
  [
    'a room’s name',
    commands['room.create'].params.properties.name,
    ['general', 'über-uns', '会議室', 'नमस्ते', 'a_1'],
    ['', 'a b', 'a/b', '#a', 'a'.repeat(61), '😀'],
  ],
];

test.each(cases)('%s is known by its form', (_, schema, fits, refused) => {
  for (const value of fits) expect([value, Value.Check(schema, value)]).toEqual([value, true]);
  for (const value of refused) expect([value, Value.Check(schema, value)]).toEqual([value, false]);
});

test('[F5] an unknown parameter does not fit', () => {
  const schema = commands['room.join'].params;
  expect(Value.Check(schema, { room: id })).toBe(true);
  expect(Value.Check(schema, { room: id, more: 1 })).toBe(false);
  expect(Value.Check(schema, {})).toBe(false);
});
