import { type LoggedEvent, type LogId, type Position, toWireError } from '@confab/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfabError } from '../confab-error.ts';
import { settled } from '../testing/fake-time.ts';
import { eventAt, ShakyLog } from '../testing/shaky-log.ts';
import { FollowedLog, type Level, type LogHandlers } from './followed-log.ts';

const start: Position = { epoch: 1, seq: 0, count: 0 };

function follow(level: Level, server: ShakyLog, handlers: Partial<LogHandlers> = {}) {
  const applied: number[] = [];
  const told: string[] = [];
  let heard = start;
  const followed = new FollowedLog('room:r' as LogId, level, start, {
    apply: (event) => applied.push(event.seq),
    head: (_, position) => {
      if (position.seq >= heard.seq) heard = position;
    },
    caughtUp: (_, seq) => told.push(`caught up ${seq}`),
    skipped: () => told.push('skipped'),
    rewritten: () => told.push('rewritten'),
    closed: () => told.push('closed'),
    read: (_, after) => server.read(after),
    later: (task) => server.later(task),
    ...handlers,
  });
  server.followed = followed;
  return { followed, applied, told, head: () => heard };
}

const numbersTo = (head: number) => Array.from({ length: head }, (_, index) => index + 1);

/** Runs until nothing is on its way any more. */
async function drain(server: ShakyLog): Promise<void> {
  for (let turn = 0; turn < 1_000; turn += 1) {
    server.listen();
    server.runLater();
    server.deliver();
    server.answerRead(true);
    await Promise.resolve();
    if (server.quiet) await settled();
    if (server.quiet && server.followed?.unsettled === false) return;
  }
  throw new Error('it never became quiet');
}

type Step = (server: ShakyLog) => void;
const steps: Readonly<Record<string, Step>> = {
  append: (server) => server.append(),
  appendMany: (server) => {
    for (let count = 0; count < 7; count += 1) server.append();
  },
  deliver: (server) => server.deliver(),
  drop: (server) => server.fault('drop'),
  double: (server) => server.fault('double'),
  swap: (server) => server.fault('swap'),
  answerRead: (server) => server.answerRead(true),
  failRead: (server) => server.answerRead(false),
  runLater: (server) => server.runLater(),
  cut: (server) => server.cut(),
  listen: (server) => server.listen(),
};
const plan = fc.array(fc.constantFrom(...Object.keys(steps)), { maxLength: 80, size: 'max' });

async function play(server: ShakyLog, names: readonly string[]): Promise<void> {
  for (const name of names) {
    steps[name]?.(server);
    await Promise.resolve();
    await Promise.resolve();
  }
}

describe('a log that is followed live', () => {
  it('[L7] applies every event once and in order, whatever is lost, doubled, swapped or cut on the way', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (names) => {
        const server = new ShakyLog();
        const { applied } = follow('live', server);
        server.listen();
        await play(server, names);
        // What was dropped at the very end shows with the next listening.
        server.cut();
        await drain(server);
        expect(applied).toEqual(numbersTo(server.head));
      }),
      { numRuns: 1_000 },
    );
  });

  it('[L7] needs no reconnect for what was lost before something that arrived', async () => {
    const server = new ShakyLog();
    const { applied } = follow('live', server);
    server.listen();
    await drain(server);
    for (let count = 0; count < 30; count += 1) server.append();
    for (let count = 0; count < 29; count += 1) server.fault('drop');
    expect(applied).toEqual([]);
    await drain(server);
    expect(applied).toEqual(numbersTo(30));
  });

  it('[L6] pages what it missed from its own cursor', async () => {
    const server = new ShakyLog();
    const { applied, told } = follow('live', server);
    for (let count = 0; count < 41; count += 1) server.append();
    await drain(server);
    expect(applied).toEqual(numbersTo(41));
    expect(told).toEqual(['caught up 41']);
  });

  it('keeps every event once when its level changes at any point', async () => {
    const change = fc.constantFrom('live', 'passive');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(plan, change), { maxLength: 4 }), async (phases) => {
        const server = new ShakyLog();
        const { followed, applied } = follow('live', server);
        for (const [names, level] of phases) {
          followed.level = level as Level;
          server.listen();
          await play(
            server,
            names.filter((name) => name !== 'drop' && name !== 'swap'),
          );
        }
        followed.level = 'live';
        server.cut();
        await drain(server);
        expect(applied).toEqual([...new Set(applied)].sort((a, b) => a - b));
        expect(followed.seq).toBe(server.head);
      }),
      { numRuns: 300 },
    );
  });

  it('says that the history was rewritten when an epoch differs', async () => {
    const server = new ShakyLog();
    const { followed, told, applied } = follow('live', server);
    server.listen();
    await drain(server);
    followed.received({ ...eventAt(1), epoch: 2 } as LoggedEvent);
    expect(told).toContain('rewritten');
    expect(applied).toEqual([]);
  });

  it('says that the history was rewritten when a page is of another epoch', async () => {
    const server = new ShakyLog();
    const page = { epoch: 2, seq: 9, count: 9, events: [eventAt(1)] };
    const { followed, told, applied } = follow('live', server, { read: () => Promise.resolve(page) });
    server.listen();
    await drain(server);
    followed.received(eventAt(3));
    await settled();
    expect(told).toContain('rewritten');
    expect(applied).toEqual([]);
  });

  it.each(['epoch', 'trimmed', 'forbidden'] as const)('[L4] tells a listening that failed for “%s”', (reason) => {
    const server = new ShakyLog();
    const { followed, told } = follow('live', server);
    followed.request();
    followed.answered({ log: 'room:r' as LogId, status: 'failed', reason }, 'live');
    expect(told).toEqual([reason === 'forbidden' ? 'closed' : 'rewritten']);
  });

  it('is closed when a reading is refused because one may not see the log', async () => {
    const server = new ShakyLog();
    const read = () => Promise.reject(new ConfabError(toWireError('forbidden')));
    const { followed, told } = follow('live', server, { read });
    server.listen();
    await drain(server);
    followed.received(eventAt(3));
    await settled();
    expect(told).toContain('closed');
  });

  it('tries a reading again that failed on the way', async () => {
    const server = new ShakyLog();
    let fail = true;
    const read = (_: LogId, after: number) => {
      if (!fail) return server.read(after);
      fail = false;
      return Promise.reject(new ConfabError('offline'));
    };
    const { applied } = follow('live', server, { read });
    for (let count = 0; count < 9; count += 1) server.append();
    await drain(server);
    expect(fail).toBe(false);
    expect(applied).toEqual(numbersTo(9));
  });
});

describe('a log that is followed passively', () => {
  it('[L5] applies every notice once and in order and knows the head', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (names) => {
        const server = new ShakyLog();
        const { applied, told, head } = follow('passive', server);
        server.listen();
        // A passive listener has no numbers to find a hole by: it relies on the order of its connection ([L9]).
        await play(
          server,
          names.filter((name) => name !== 'drop' && name !== 'swap'),
        );
        server.cut();
        await drain(server);
        expect(head()).toEqual({ epoch: 1, seq: server.head, count: server.head - Math.floor(server.head / 5) });
        const notices = numbersTo(server.head).filter((seq) => seq % 5 === 0);
        // After a long absence the room is read afresh instead; whatever was applied is in order and once.
        if (!told.includes('skipped')) expect(applied).toEqual(notices);
        expect(applied).toEqual([...new Set(applied)].sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });

  it('[L6] has what is shown read afresh when it missed more notices than an answer holds', async () => {
    const server = new ShakyLog();
    const { told, followed } = follow('passive', server);
    for (let count = 0; count < 100; count += 1) server.append();
    await drain(server);
    expect(told).toEqual(['skipped']);
    expect(followed.seq).toBe(100);
  });

  it('loses no event between a head that it heard of and going live', async () => {
    const server = new ShakyLog();
    const { followed, applied } = follow('passive', server);
    server.listen();
    await drain(server);
    for (let count = 0; count < 5; count += 1) server.append();
    followed.level = 'live';
    server.listen();
    server.append();
    await drain(server);
    // Heads and a notice that were on their way when the level changed do not hide the events before them.
    expect(applied).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
