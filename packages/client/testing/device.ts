import type { UserId } from '@confab/protocol';
import type { Confab, Timeline, TimelineItem } from '../api.ts';
import { createConfab } from '../index.ts';
import type { ClientPorts } from '../ports.ts';
import { MemoryOutbox, type OutboxStore } from '../sync/outbox-store.ts';
import { type FakePorts, fakePorts } from './fake-ports.ts';
import type { FakeServer } from './fake-server.ts';
import { type FakeTime, settled } from './fake-time.ts';

export interface Device {
  readonly ports: FakePorts;
  readonly confab: Confab;
  readonly outbox: OutboxStore;
}

type Given = Partial<ClientPorts> & { time?: FakeTime; outbox?: OutboxStore };

/** A client of the fake server, for one person. */
export function deviceOf(server: FakeServer, token: UserId | null, given: Given = {}): Device {
  const { outbox = new MemoryOutbox(), ...rest } = given;
  const ports = server.serve(fakePorts(rest));
  const signedIn = token === null ? {} : { token };
  return { ports, outbox, confab: createConfab({ url: 'http://confab.test', ports, outbox, ...signedIn }) };
}

/** One that is signed in and online. */
export async function onlineDevice(server: FakeServer, token: UserId, given: Given = {}): Promise<Device> {
  const device = deviceOf(server, token, given);
  device.confab.start();
  await settled();
  return device;
}

/** What a timeline shows, a line an item: easy to compare. */
export function linesOf(timeline: Timeline): string[] {
  return timeline.get().items.map(line);
}

function line(item: TimelineItem): string {
  if (item.kind === 'notice') return `${item.notice.seq} ${item.notice.event}`;
  if (item.kind === 'pending') return `${item.send.status}: ${item.text}`;
  const { seq, text, editedAt, deletedAt } = item.message;
  return `${seq} ${deletedAt === null ? text : '(deleted)'}${editedAt === null || deletedAt !== null ? '' : ' (edited)'}`;
}
