import type { SessionId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import type { Bus, BusMessage } from '../bus.ts';
import { testLog, testUser } from './test-engine.ts';

const log = testLog(1);

function event(seq: number): BusMessage {
  return {
    kind: 'event',
    event: { log, epoch: 1, seq, count: seq, notice: false, redacts: false, json: `{"event":"x","seq":${seq}}` },
  };
}

/** What every bus does when all is well. `settle` waits until what was published has arrived. */
export function describeBus(name: string, open: () => Promise<{ bus: Bus; settle: () => Promise<void> }>): void {
  describe(`${name} as a bus`, () => {
    it('delivers what is published to every subscriber, the publisher too', async () => {
      const { bus, settle } = await open();
      const one: BusMessage[] = [];
      const other: BusMessage[] = [];
      bus.subscribe((message) => one.push(message));
      bus.subscribe((message) => other.push(message));
      bus.publish(event(1));
      await settle();
      expect(one).toEqual([event(1)]);
      expect(other).toEqual([event(1)]);
      await bus.close();
    });

    it('brings the messages of one publisher in their order', async () => {
      const { bus, settle } = await open();
      const seen: BusMessage[] = [];
      bus.subscribe((message) => seen.push(message));
      const sent = Array.from({ length: 100 }, (_, index) => event(index + 1));
      for (const message of sent) bus.publish(message);
      await settle();
      expect(seen).toEqual(sent);
      await bus.close();
    });

    it('brings what is published while a message is handled after that message, to everyone', async () => {
      const { bus, settle } = await open();
      const seen: number[] = [];
      bus.subscribe((message) => {
        if (message.kind === 'event' && message.event.seq === 1) bus.publish(event(2));
      });
      bus.subscribe((message) => {
        if (message.kind === 'event') seen.push(message.event.seq);
      });
      bus.publish(event(1));
      await settle();
      expect(seen).toEqual([1, 2]);
      await bus.close();
    });

    it('carries ephemerals and revocations whole', async () => {
      const { bus, settle } = await open();
      const seen: BusMessage[] = [];
      bus.subscribe((message) => seen.push(message));
      const messages: BusMessage[] = [
        { kind: 'ephemeral', ephemeral: { topic: log, key: 'k', json: '{}', except: [testUser(1)] } },
        { kind: 'revocation', revocation: { kind: 'log', user: testUser(1), log } },
        { kind: 'revocation', revocation: { kind: 'user', user: testUser(2), sessions: ['of a user' as SessionId] } },
      ];
      for (const message of messages) bus.publish(message);
      await settle();
      expect(seen).toEqual(messages);
      await bus.close();
    });

    it('brings nothing to a subscriber that has left, and goes on for the others', async () => {
      const { bus, settle } = await open();
      const left: BusMessage[] = [];
      const stayed: BusMessage[] = [];
      const leave = bus.subscribe((message) => left.push(message));
      bus.subscribe((message) => stayed.push(message));
      bus.publish(event(1));
      await settle();
      leave();
      bus.publish(event(2));
      await settle();
      expect(left).toEqual([event(1)]);
      expect(stayed).toEqual([event(1), event(2)]);
      await bus.close();
    });
  });
}
