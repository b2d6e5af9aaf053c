import type { UserId } from '@confab/protocol';
import type { Confab, Timeline, TimelineItem } from '../api.ts';
import type { UploadStore } from '../files/upload-store.ts';
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
  /** The program ends without a word: nothing leaves it and nothing reaches it any more. */
  crash(): void;
}

type Given = Partial<ClientPorts> & { time?: FakeTime; outbox?: OutboxStore; uploads?: UploadStore };

/** A client of the fake server, for one person. */
export function deviceOf(server: FakeServer, token: UserId | null, given: Given = {}): Device {
  const { outbox = new MemoryOutbox(), uploads, ...rest } = given;
  const served = server.serve(fakePorts(rest));
  let alive = true;
  const fetch: typeof served.fetch = (url, init) => (alive ? served.fetch(url, init) : new Promise(() => {}));
  const ports = { ...served, fetch };
  const signedIn = { ...(token === null ? {} : { token }), ...(uploads === undefined ? {} : { uploads }) };
  const confab = createConfab({ url: 'http://confab.test', ports, outbox, ...signedIn });
  const crash = () => {
    alive = false;
    ports.sockets.onOpen = () => {};
    for (const socket of ports.sockets.all) socket.end(1006);
  };
  return { ports, outbox, confab, crash };
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
