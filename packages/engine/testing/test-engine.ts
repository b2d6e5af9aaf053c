import type { LogId, ServerFrame, UserId } from '@confab/protocol';
import { createEngine, type Engine } from '../engine.ts';
import type { EngineLimits } from '../limits.ts';
import type { Credentials, DoorSession } from '../transport.ts';
import { fakeRandom } from './fake-random.ts';
import { FakeTime } from './fake-time.ts';
import { MemoryDomain } from './memory-domain.ts';
import { RecordingPeer } from './recording-peer.ts';
import { TestBus } from './test-bus.ts';

/** A line of the engine's log. */
export interface Reported {
  readonly level: string;
  readonly what: string;
  readonly details: Record<string, unknown> | undefined;
}

/** One client, driven by the test. */
export class TestClient {
  readonly peer: RecordingPeer;
  readonly session: DoorSession;
  private nextId = 1;

  constructor(engine: Engine, credentials: Credentials = { token: null }, peer: RecordingPeer = new RecordingPeer()) {
    this.peer = peer;
    this.session = engine.accept(peer, credentials);
    peer.onClose = () => this.session.closed();
  }

  /** Sends a command and answers with its id. */
  send(command: string, params: unknown = {}): number {
    const id = this.nextId;
    this.nextId += 1;
    this.session.receive(JSON.stringify({ id, command, params }));
    return id;
  }

  hello(token?: string): number {
    return this.send('connection.hello', { versions: [1], ...(token === undefined ? {} : { token }) });
  }

  listen(...logs: { log: LogId; level?: 'live' | 'passive'; after?: number; epoch?: number }[]): number {
    return this.send('log.listen', { logs: logs.map((request) => ({ level: 'live', ...request })) });
  }

  /** The seqs of a log's events that came as frames, in their order. */
  seqsOf(log: LogId): number[] {
    return this.peer.events.flatMap((frame) => ('seq' in frame && frame.log === log ? [frame.seq] : []));
  }

  named(event: string): ServerFrame[] {
    return this.peer.events.filter((frame) => frame.event === event);
  }
}

/** An engine over a domain in memory, with time that a test moves by hand. */
export function createTestEngine(limits: Partial<EngineLimits> = {}) {
  const time = new FakeTime();
  const domain = new MemoryDomain();
  const bus = new TestBus();
  const reports: Reported[] = [];
  const { clock, timers } = time;
  const report = (level: string, what: string, details?: Record<string, unknown>): void => {
    reports.push({ level, what, details });
  };
  const engine = createEngine({ node: 'here', domain, bus, clock, timers, random: fakeRandom(), report, limits });

  /** A client that has said hello. */
  async function connect(user: UserId, options: Parameters<MemoryDomain['addSession']>[1] = {}): Promise<TestClient> {
    const { token } = domain.addSession(user, options);
    const client = new TestClient(engine, { token });
    client.hello();
    await time.settle();
    return client;
  }

  /** Stores an event and lets the bus bring it. */
  function post(log: LogId, options?: Parameters<MemoryDomain['append']>[1]): void {
    bus.publish({ kind: 'event', event: domain.append(log, options) });
  }

  return { engine, domain, bus, time, reports, connect, post };
}

/** A log's id, in the form that the protocol asks for, told apart by a number. */
export function testLog(number: number, kind: 'room' | 'space' | 'inbox' = 'room'): LogId {
  return `${kind}:${testId(number)}`;
}

export function testUser(number: number): UserId {
  return testId(number) as UserId;
}

function testId(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}
