import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkHistory, type ViolationKind } from './check-history.ts';
import { decodeHistory, encodeHistory, type FinalEvent, type HistoryRecord, type Seen } from './record.ts';

const log = 'room:a';
const frame = (seq: number) => `{"event":"message.posted","seq":${seq}}`;
const send = (client: string, clientId: string): HistoryRecord => ({ kind: 'send', at: 0, client, log, clientId });
const ack = (client: string, clientId: string, seq: number): HistoryRecord => ({
  kind: 'ack',
  at: 0,
  client,
  log,
  clientId,
  seq,
});
const seen = (client: string, seq: number): Seen => ({
  kind: 'seen',
  at: 0,
  client,
  log,
  epoch: 1,
  seq,
  text: frame(seq),
});
const joined = (client: string, seq = 0): HistoryRecord => ({ kind: 'joined', at: 0, client, log, epoch: 1, seq });
const final = (clientId: string, seq: number): FinalEvent => ({
  kind: 'final',
  log,
  epoch: 1,
  seq,
  by: 'u',
  clientId,
  text: frame(seq),
});

/** Two clients; a and b send in turn, both see everything; c's send is never answered. */
const good: readonly HistoryRecord[] = [
  joined('A'),
  joined('B', 1),
  send('A', 'a'),
  ack('A', 'a', 1),
  seen('A', 1),
  send('B', 'b'),
  ack('B', 'b', 2),
  send('A', 'c'),
  seen('A', 2),
  seen('B', 2),
  send('A', 'c'),
  seen('A', 3),
  seen('B', 3),
  { kind: 'settled', at: 0, client: 'B', log, seq: 3 },
  final('a', 1),
  final('b', 2),
  final('c', 3),
  { kind: 'head', log, epoch: 1, seq: 3 },
];

const without = (unwanted: HistoryRecord) =>
  good.filter((record) => JSON.stringify(record) !== JSON.stringify(unwanted));
const instead = (old: HistoryRecord, ...next: HistoryRecord[]) =>
  good.flatMap((record) => (JSON.stringify(record) === JSON.stringify(old) ? next : [record]));
const kindsOf = (records: readonly HistoryRecord[]) => [
  ...new Set(checkHistory(records).violations.map(({ kind }) => kind)),
];

describe('a run in which everything held', () => {
  test('has no violations and is counted', () => {
    expect(checkHistory(good)).toEqual({ violations: [], logs: 1, sends: 3, acknowledged: 2, stored: 3, seen: 5 });
  });

  test('may have sends that were neither answered nor stored', () => {
    expect(kindsOf([...good, send('A', 'd')])).toEqual([]);
  });

  test('may have acknowledged a retry again at the same place', () => {
    expect(kindsOf([...good, ack('A', 'a', 1)])).toEqual([]);
  });

  test('may have a wiped event that was seen with its text', () => {
    expect(kindsOf(instead(final('b', 2), { ...final('b', 2), text: 'wiped', wiped: true }))).toEqual([]);
  });
});

describe('each kind of violation is caught', () => {
  const broken: [what: string, expected: ViolationKind, records: readonly HistoryRecord[]][] = [
    ['an acknowledged send that is not stored', 'lost', instead(final('b', 2), final('x', 2))],
    ['an acknowledged send stored elsewhere', 'lost', instead(ack('B', 'b', 2), ack('B', 'b', 3))],
    ['a send acknowledged at two places', 'lost', [...good, ack('A', 'a', 2)]],
    ['a log that lost its tail', 'gap', without(final('c', 3))],
    ['a gap in the log', 'gap', without(final('b', 2))],
    ['a log whose first event is missing', 'gap', without(final('a', 1))],
    [
      'a head behind its events',
      'gap',
      instead({ kind: 'head', log, epoch: 1, seq: 3 }, { kind: 'head', log, epoch: 1, seq: 2 }),
    ],
    ['one seq twice', 'doubled', [...good, final('d', 3)]],
    ['one send stored twice', 'doubled', instead(final('c', 3), final('b', 3))],
    [
      'an unanswered send stored twice',
      'doubled',
      [...instead({ kind: 'head', log, epoch: 1, seq: 3 }), final('c', 4)],
    ],
    ['an event that a client saw twice', 'doubled', instead(seen('B', 3), seen('B', 3), seen('B', 3))],
    ['an old event that a client saw again', 'doubled', instead(seen('A', 3), seen('A', 3), seen('A', 1))],
    ['an event from before the join', 'doubled', instead(joined('B', 1), joined('B', 2))],
    ['an event that a client skipped', 'gap', without(seen('A', 2))],
    ['the first event after the join skipped', 'gap', without(seen('B', 2))],
    ['events seen out of order', 'gap', instead(seen('A', 2), seen('A', 3), seen('A', 2))],
    ['a frame that is not the log’s', 'different', instead(seen('B', 3), { ...seen('B', 3), text: 'x' })],
    ['another epoch', 'different', instead(seen('B', 3), { ...seen('B', 3), epoch: 2 })],
    ['an event that the log does not have', 'different', [...good, seen('A', 4)]],
    [
      'an acknowledged send that its sender never saw',
      'unseen',
      good.filter((r) => r.kind !== 'seen' || r.client !== 'A'),
    ],
    ['a settled client that missed the end', 'unseen', without(seen('B', 3))],
    ['a send that stands before one acknowledged earlier', 'reordered', swapped()],
    [
      'a stored send that was refused',
      'uncalled',
      [...good, { kind: 'refused', at: 0, client: 'A', log, clientId: 'c' }],
    ],
    ['a stored send that nobody made', 'uncalled', good.filter((r) => r.kind !== 'send' || r.clientId !== 'c')],
    ['a client that saw without joining', 'uncalled', without(joined('B', 1))],
  ];

  test.each(broken)('%s is %s', (_, expected, records) => {
    expect(kindsOf(good)).toEqual([]);
    expect(kindsOf(records)).toContain(expected);
  });

  /** b was sent after a was acknowledged at 3, and stands at 2. */
  function swapped(): HistoryRecord[] {
    return [
      send('A', 'c'),
      send('A', 'a'),
      ack('A', 'a', 3),
      send('B', 'b'),
      final('c', 1),
      final('b', 2),
      final('a', 3),
    ];
  }
});

test('any good run of many clients passes, and losing any one event of its log is caught', () => {
  const run = fc.array(fc.record({ client: fc.constantFrom('A', 'B', 'C'), answered: fc.boolean() }), { minLength: 2 });
  fc.assert(
    fc.property(run, fc.nat(), (sends, pick) => {
      const records: HistoryRecord[] = [joined('A'), joined('B'), joined('C')];
      for (const [index, { client, answered }] of sends.entries()) {
        const [seq, clientId] = [index + 1, `m${index}`];
        records.push(send(client, clientId), ...(answered ? [ack(client, clientId, seq)] : []));
        records.push(seen('A', seq), seen('B', seq), seen('C', seq), final(clientId, seq));
      }
      expect(kindsOf(records)).toEqual([]);
      const lost = pick % sends.length;
      const rest = records.filter((record) => record.kind !== 'final' || record.clientId !== `m${lost}`);
      expect(kindsOf(rest)).not.toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('logs are checked apart from each other', () => {
  const other = good.map((record) => ({ ...record, log: 'room:b' }));
  const report = checkHistory([...good, ...other, { ...final('d', 5), log: 'room:b' }]);
  expect(report.logs).toBe(2);
  expect(new Set(report.violations.map((violation) => violation.log))).toEqual(new Set(['room:b']));
});

test('a history survives being written and read', () => {
  expect(decodeHistory(encodeHistory(good))).toEqual(good);
  expect(() => decodeHistory('{"kind":"send"}\nhalf a li')).toThrow('Line 2');
});
