import { FakeTime } from '@confab/engine/testing';
import { expect, test } from 'vitest';
import { defaultMqttLimits } from '../limits.ts';
import type { MqttStream } from '../streams/mqtt-stream.ts';
import { WaitingWills } from '../will.ts';
import { Codec } from '../wire/codec.ts';
import { LiveSessions } from './live-sessions.ts';
import { type ConnectionHost, MqttConnection } from './mqtt-connection.ts';

/** A stream whose other side never reads: it is gone only when it is cut. */
class StuckStream implements MqttStream {
  readonly address = '192.0.2.1';
  readonly calls: string[] = [];

  pendingBytes(): number {
    return 1;
  }
  write(): void {
    this.calls.push('write');
  }
  pause(): void {}
  resume(): void {}
  end(): void {
    this.calls.push('end');
  }
  destroy(): void {
    this.calls.push('destroy');
  }
}

test('a client that does not read its last words is cut off', async () => {
  const time = new FakeTime();
  const stream = new StuckStream();
  const ended: MqttConnection[] = [];
  const host: ConnectionHost = {
    clock: time.clock,
    timers: time.timers,
    limits: defaultMqttLimits,
    codec: new Codec(),
    live: new LiveSessions(),
    wills: new WaitingWills(time.timers, 1),
    reception: { refuses: () => undefined, accept: () => expect.unreachable('nobody came in') },
    ask: () => expect.unreachable('nobody asked'),
    report: (_level, what) => expect.unreachable(what),
    announced: () => {},
    ended: (connection) => void ended.push(connection),
  };
  const connection = new MqttConnection(host, stream, null);
  connection.data(Buffer.from('GET / HTTP/1.1'));
  expect(stream.calls).toEqual(['end']);
  await time.advance(defaultMqttLimits.closeMs - 1);
  expect(stream.calls).toEqual(['end']);
  await time.advance(1);
  expect(stream.calls).toEqual(['end', 'destroy']);
  expect(ended).toEqual([]);
  connection.closed();
  await connection.over;
  expect(ended).toEqual([connection]);
  expect(time.waitingCount).toBe(0);
});
