import type { LogId } from '@confab/protocol';
import fc from 'fast-check';
import { type Packet, parser } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { PacketIds } from './packet-ids.ts';
import { Progress } from './progress.ts';
import { SendWindow, type Unfinished } from './send-window.ts';

const log: LogId = 'room:1';
const version = 5;

/** A client that follows the rules, over any number of connections. What it is told is known by its payload. */
class Client {
  readonly got: string[] = [];
  /** Packet ids of QoS 2 whose message it has and that are not released. */
  private readonly held = new Set<number>();

  /** Takes one packet; the answer reaches the window when it is called, or never. */
  take(packet: Packet, window: SendWindow): () => void {
    const { messageId = 0 } = packet;
    if (packet.cmd === 'publish') {
      if (packet.qos === 1 || !this.held.has(messageId)) this.got.push(String(packet.payload));
      if (packet.qos === 1) return () => window.acknowledged(messageId);
      this.held.add(messageId);
      return () => window.clientHas(messageId);
    }
    this.held.delete(messageId);
    return () => window.completed(messageId);
  }
}

/** One connection: packets wait until the client takes them, in their order within a kind of exchange. */
function connect(
  after: number,
  events: number,
  qos: 1 | 2,
  maximum: number,
  ids: PacketIds,
  unfinished: readonly Unfinished[],
) {
  const waiting: Packet[] = [];
  const reader = parser({ protocolVersion: version });
  reader.on('packet', (packet) => waiting.push(packet));
  const progress = new Progress(() => {});
  progress.begin(log, { epoch: 1, seq: after });
  const parts = {
    version,
    maximum,
    maxPacketBytes: 1e6,
    ids,
    progress,
    write: (bytes: Buffer) => void reader.parse(bytes),
    relaxed: () => {},
  } as const;
  const window = new SendWindow(parts, unfinished);
  window.resume();
  for (let seq = after + 1; seq <= events; seq += 1) {
    const publication = { payload: Buffer.from(String(seq)), properties: {} };
    const copy = { topic: 'rooms/r/messages', qos, ids: [], canonical: false };
    window.send({ copy, publication, retain: false }, progress.take(log, 1, seq, 1));
  }
  return { waiting, progress, window };
}

describe('what is sent to a client that is cut off again and again', () => {
  const run = fc.record({
    events: fc.integer({ min: 1, max: 12 }),
    maximum: fc.integer({ min: 1, max: 5 }),
    /** For each connection: which of the waiting packets arrives next; then it is cut. */
    connections: fc.array(fc.array(fc.nat(20), { maxLength: 25 }), { maxLength: 6 }),
  });

  test.each([1, 2] as const)('at QoS %i arrives whole, and at QoS 2 each message once', (qos) => {
    fc.assert(
      fc.property(run, ({ events, maximum, connections }) => {
        const client = new Client();
        const ids = new PacketIds(0);
        let at = 0;
        let unfinished: readonly Unfinished[] = [];
        // The last connection lasts until nothing is left.
        for (const [index, order] of [...connections, Array.from({ length: 400 }, (_, pick) => pick % 2)].entries()) {
          const connection = connect(at, events, qos, maximum, ids, unfinished);
          const { waiting, window } = connection;
          const answers: (() => void)[] = [];
          for (const pick of order) {
            if (pick % 2 === 0 && answers.length > 0) answers.splice((pick >> 1) % answers.length, 1)[0]?.();
            else {
              const [packet] = waiting.splice((pick >> 1) % Math.max(1, waiting.length), 1);
              if (packet) answers.push(client.take(packet, window));
            }
            if (index === connections.length && waiting.length + answers.length === 0) break;
          }
          at = connection.progress.positions().get(log)?.seq ?? 0;
          unfinished = connection.window.unfinished();
        }
        expect(at).toBe(events);
        const all = Array.from({ length: events }, (_, index) => String(index + 1));
        expect([...new Set(client.got)].sort()).toEqual([...all].sort());
        if (qos === 2) expect(client.got).toHaveLength(events);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  test('in one connection arrives in order', () => {
    const client = new Client();
    const { waiting, window } = connect(0, 50, 1, 3, new PacketIds(0), []);
    for (let packet = waiting.shift(); packet; packet = waiting.shift()) client.take(packet, window)();
    expect(client.got).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 1)));
    expect(window.queuedBytes).toBe(0);
    expect(window.unfinished()).toEqual([]);
  });
});
