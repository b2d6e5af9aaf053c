import type { LogId } from '@confab/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckingClient, createTestEngine, effects, TestClient, testLog, testUser } from './testing/index.ts';

const runs = Number(process.env.CONFAB_RACES ?? 2_000);
const logs = [testLog(1), testLog(2)] as const;
const users = [testUser(1), testUser(2)] as const;

const level = fc.constantFrom('live' as const, 'passive' as const);
const which = fc.nat({ max: 1 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('post' as const), log: which, notice: fc.boolean(), bus: fc.nat(9) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('listen' as const), who: which, level, resume: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unlisten' as const), who: which, log: which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revoke' as const), who: which, log: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('grant' as const), who: which, log: which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pause' as const), who: which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('read' as const), who: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), log: which }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Bounds so small that everything happens: windows overflow, pages end, connections lag. */
const tight = {
  softQueueBytes: 500,
  hardQueueBytes: 1_000_000,
  hotWindowEvents: 3,
  catchUpChars: 300,
  catchUpEvents: 2,
  answerChars: 1_500,
  pullEvents: 2,
  aheadEvents: 2,
};

/** Two clients, two logs, a bus that drops, doubles and reorders, and answers that come when the scheduler likes. */
class Race {
  private readonly setUp = createTestEngine(tight);
  private readonly clients: { check: CheckingClient; client: TestClient; allowed: Set<LogId> }[] = [];
  private readonly heldBack: Parameters<Race['setUp']['bus']['publish']>[0][] = [];

  async start(): Promise<void> {
    const { domain, engine, time } = this.setUp;
    for (const log of logs) domain.addLog(log, ...users);
    for (const user of users) {
      const check = new CheckingClient((log, seq) => domain.logs.get(log)?.events[seq - 1]?.notice ?? false);
      const client = new TestClient(engine, { token: domain.addSession(user).token }, check.peer);
      client.hello();
      this.clients.push({ check, client, allowed: new Set(logs) });
    }
    await time.settle();
  }

  schedule(scheduler: fc.Scheduler): void {
    const { domain } = this.setUp;
    domain.hold = (question) => (question === 'heads' ? undefined : scheduler.schedule(Promise.resolve(), question));
  }

  take(action: Step): void {
    const { domain, engine, bus } = this.setUp;
    if (action.do === 'post') this.post(logs[action.log] as LogId, action.notice, action.bus);
    else if (action.do === 'listen') this.listen(action.who, action.level, action.resume);
    else if (action.do === 'forget') {
      // A window that was let go makes everyone read the log.
      const event = { ...domain.append(logs[action.log] as LogId), redacts: true };
      bus.publish({ kind: 'event', event });
    } else {
      const one = this.clients[action.who] as (typeof this.clients)[number];
      if (action.do === 'pause') one.client.peer.paused = true;
      else if (action.do === 'read') this.read(action.who);
      else {
        const log = logs[action.log] as LogId;
        const user = users[action.who] as (typeof users)[number];
        if (action.do === 'unlisten') one.check.stops(one.client.send('log.unlisten', { logs: [log] }), log);
        else if (action.do === 'grant') {
          domain.logs.get(log)?.members.add(user);
          one.check.takenAt.delete(log);
        } else {
          one.check.takenAt.set(log, domain.logs.get(log)?.events.length ?? 0);
          one.check.everTaken.add(log);
          engine.publish(effects({ revocations: [domain.remove(log, user)] }));
        }
      }
    }
  }

  /** 0–6: as it should be; 7: lost; 8: twice; 9: after the next ones. */
  private post(log: LogId, notice: boolean, fate: number): void {
    const { domain, bus } = this.setUp;
    const message = { kind: 'event', event: domain.append(log, { notice, text: 'x'.repeat(40) }) } as const;
    if (fate === 9) this.heldBack.push(message);
    else if (fate !== 7) bus.publish(message);
    if (fate === 8) bus.publish(message);
    if (fate < 3) for (const late of this.heldBack.splice(0)) bus.publish(late);
  }

  private listen(who: number, wanted: 'live' | 'passive', resume: boolean): void {
    const { check, client } = this.clients[who] as (typeof this.clients)[number];
    const requests = logs.map((log) => {
      const after = resume ? check.followed.get(log)?.seq : undefined;
      return { log, level: wanted, after };
    });
    const id = client.listen(
      ...requests.map(({ after, ...rest }) => (after === undefined ? rest : { ...rest, after, epoch: 1 })),
    );
    check.asks(id, requests);
  }

  private read(who: number): void {
    const { client } = this.clients[who] as (typeof this.clients)[number];
    client.peer.paused = false;
    client.peer.read();
    client.session.drained();
  }

  tick(): void {
    this.setUp.time.tick();
    for (const { check } of this.clients) check.check();
  }

  /** Everyone reads, the sweep repairs what the bus lost: now everything must have arrived. */
  async finish(): Promise<void> {
    const { domain, time, reports } = this.setUp;
    domain.hold = () => {};
    for (const who of [0, 1]) this.read(who);
    await time.advance(5_000);
    for (const { check, client } of this.clients) {
      check.check();
      expect(client.peer.closedWith).toBeNull();
      for (const [log, { level: at, seq }] of check.followed) {
        const head = domain.logs.get(log)?.events.length ?? 0;
        expect(check.seqs(log, at, seq, head), `${at} listener of ${log}`).toEqual([]);
      }
    }
    expect(reports).toEqual([]);
  }
}

describe('listening', () => {
  it('[L4] [L9] [S1] never leaves a gap, says anything twice or out of order, whatever happens at the same time', async () => {
    const pace = fc.record({ tick: fc.boolean(), answers: fc.nat(3) });
    const script = fc.array(fc.tuple(step, pace), { maxLength: 60, size: 'max' });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), script, async (scheduler, steps) => {
        const race = new Race();
        await race.start();
        race.schedule(scheduler);
        for (const [action, { tick, answers }] of steps) {
          race.take(action);
          for (let i = 0; i < answers && scheduler.count() > 0; i += 1) await scheduler.waitOne();
          if (tick) race.tick();
        }
        while (scheduler.count() > 0) await scheduler.waitOne();
        await race.finish();
      }),
      { numRuns: runs },
    );
  }, 900_000);
});
