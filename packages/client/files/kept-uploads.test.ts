import type { UserId } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { times } from '../bounds.ts';
import type { UploadPlace } from '../files-api.ts';
import { MemoryOutbox } from '../sync/outbox-store.ts';
import { type Device, linesOf, onlineDevice } from '../testing/device.ts';
import type { FakeRoom } from '../testing/fake-room.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { FakeBrowser } from '../testing/fake-tabs.ts';
import { FakeTime, settled } from '../testing/fake-time.ts';
import { until } from '../testing/until.ts';
import { uploadRecord } from '../testing/upload-contract.ts';
import { IndexedDbUploads } from './indexed-db-uploads.ts';
import type { UploadRecord } from './upload-record.ts';
import type { UploadStore } from './upload-store.ts';

let server: FakeServer;
let ada: UserId;
let room: FakeRoom;
let place: UploadPlace;
let factory: IDBFactory;
let outbox: MemoryOutbox;
let browser: FakeBrowser;
let pages = 0;

beforeEach(() => {
  server = new FakeServer();
  ada = server.addPerson('ada');
  room = server.addRoom('talk', ada);
  place = { room: room.info.id, thread: null };
  factory = new IDBFactory();
  outbox = new MemoryOutbox();
  browser = new FakeBrowser();
});

const store = (): UploadStore => new IndexedDbUploads(factory, 'uploads');
const chosen = (name: string, text = 'content') => ({ name, data: new Blob([text]) });
const posted = () => room.messages(ada).map(({ text, files }) => [text, files?.map(({ name }) => name) ?? []]);
const attached = ({ confab }: Device) => confab.files.attached(place).get();
const statuses = (device: Device) => attached(device).map(({ name, status }) => `${name} ${status}`);
const sentFiles = () => [...server.files.all.values()];

/** The page of a person, opened after all others; what was open before is gone without a word. */
function page(user = ada, uploads = store()): Promise<Device> {
  const time = new FakeTime();
  time.sleep(++pages);
  return onlineDevice(server, user, { outbox, uploads, tabs: browser.tab(), time });
}

async function crash(device: Device): Promise<void> {
  device.crash();
  browser = new FakeBrowser();
  await settled();
}

/** Chooses a file of which a part arrives before the network goes. */
async function half(device: Device, name = 'a'): Promise<string> {
  server.files.cutAfter = 3;
  const [id = ''] = device.confab.files.attach(place, [chosen(name)]);
  await until(() => device.confab.files.upload(id).get()?.status === 'waiting' && server.files.cutAfter === null);
  await until(() => sentFiles().at(-1)?.content.size === 3);
  return id;
}

/** Waits until that is what is kept of all uploads. */
function kept(check: (records: UploadRecord[]) => boolean): Promise<void> {
  return until(async () => check((await store().load()).map(({ record }) => record)));
}

describe('after a reload', () => {
  it('an upload goes on from where it was, and can still be shown', async () => {
    const before = await page();
    const id = await half(before);
    before.confab.files.describe(id, 'A cat.');
    await kept(([record]) => record?.description === 'A cat.');
    await crash(before);
    const after = await page();
    await until(() => statuses(after)[0] === 'a arrived');
    expect(attached(after)).toMatchObject([{ id, description: 'A cat.', size: 7 }]);
    expect(await after.confab.files.data(id)?.text()).toBe('content');
    expect(server.files.requests.slice(2)).toEqual(['HEAD', 'PATCH file-1 3+4']);
  });

  it('a send waits for its files, and is posted with them', async () => {
    const before = await page();
    const talk = before.confab.rooms.timeline(room.info.id);
    const id = await half(before);
    talk.post('look', undefined, [id]);
    await kept(([record]) => Boolean(record?.clientId));
    await crash(before);
    const after = await page();
    const timeline = after.confab.rooms.timeline(room.info.id);
    timeline.open();
    expect(attached(after)).toEqual([]);
    await until(() => posted().length === 1);
    expect(posted()).toEqual([['look', ['a']]]);
    await until(() => timeline.get().items.at(-1)?.kind === 'message');
    expect(after.confab.files.upload(id).get()).toBeUndefined();
    await kept((records) => records.length === 0);
  });

  it('one whose bytes could not be kept is lost, unless the server has them', async () => {
    const forgetful = store();
    const put = forgetful.put.bind(forgetful);
    forgetful.put = (record) => put(record, null);
    const before = await page(ada, forgetful);
    await half(before, 'half');
    expect(before.confab.files.unkept.get()).toBe(true);
    server.files.cutAfter = 7;
    before.confab.files.attach(place, [chosen('whole')]);
    await until(() => sentFiles().at(-1)?.content.size === 7);
    before.confab.files.attach(place, [chosen('arrived')]);
    await kept(([half, whole, last]) => [half?.begun, whole?.begun, last?.file].every(Boolean));
    await crash(before);
    const after = await page();
    await until(() => statuses(after).join() === 'half lost,whole arrived,arrived arrived');
    const [half_] = attached(after);
    after.confab.files.retry(half_?.id ?? '', new Blob(['content']));
    await until(() => statuses(after)[0] === 'half arrived');
  });

  it('a page may go once the bytes are kept, or have all arrived', async () => {
    const before = await page();
    const { unkept } = before.confab.files;
    expect(unkept.get()).toBe(false);
    await half(before);
    await until(() => attached(before)[0]?.kept === true);
    expect([unkept.get(), attached(before)[0]?.status]).toEqual([false, 'waiting']);
    await crash(before);
    const forgetful = store();
    const put = forgetful.put.bind(forgetful);
    forgetful.put = (record) => put(record, null);
    const after = await page(ada, forgetful);
    await until(() => attached(after)[0]?.kept === true);
    const [id = ''] = after.confab.files.attach(place, [chosen('next')]);
    expect(after.confab.files.unkept.get()).toBe(true);
    await until(() => after.confab.files.upload(id).get()?.status === 'arrived');
    expect(after.confab.files.unkept.get()).toBe(false);
  });

  it('one that was posted when the program ended is not shown again', async () => {
    const before = await page();
    const [id = ''] = before.confab.files.attach(place, [chosen('a')]);
    await until(() => statuses(before)[0] === 'a arrived');
    await before.confab.stop();
    browser = new FakeBrowser();
    // The program ended between the answer to the post and forgetting what was sent with it.
    server.files.take(ada, ['file-1' as never], 'gone');
    await store().change(id, { clientId: 'gone' });
    const after = await page();
    await kept((records) => records.length === 0);
    expect(attached(after)).toEqual([]);
  });

  it('one whose send was lost is attached again', async () => {
    await store().put(uploadRecord('u', 1, { clientId: 'never kept', name: 'a' }), {
      data: new Blob(['abc']),
      poster: null,
    });
    const after = await page();
    await until(() => statuses(after)[0] === 'a arrived');
  });

  it('what of a send was not kept is lost, and can be given again', async () => {
    const before = await page();
    const id = await half(before);
    before.confab.rooms.timeline(room.info.id).post('look', undefined, [id]);
    await kept(([record]) => Boolean(record?.begun));
    await crash(before);
    factory = new IDBFactory();
    const after = await page();
    await until(() => after.confab.files.upload(id).get()?.status === 'lost');
    expect(after.confab.files.upload(id).get()).toMatchObject({ name: 'a', size: 7 });
    after.confab.files.retry(id, new Blob(['content']));
    await until(() => posted().length === 1);
  });

  it('what was refused stays so', async () => {
    server.files.refusals.push(toWireError('file-refused', { type: 'text/html' }));
    const before = await page();
    before.confab.files.attach(place, [chosen('a')]);
    await kept(([record]) => record?.status === 'failed');
    await crash(before);
    const after = await page();
    await until(() => statuses(after)[0] === 'a failed');
    expect(attached(after)[0]?.error?.code).toBe('file-refused');
  });

  it('nothing of it is shown to or sent by somebody else', async () => {
    const ben = server.addPerson('ben');
    room.members.set(ben, { readSeq: 1, readCount: 0 });
    const before = await page();
    const id = await half(before);
    await before.confab.stop();
    await kept(([record]) => Boolean(record?.begun));
    browser = new FakeBrowser();
    const other = await page(ben);
    const [own = ''] = other.confab.files.attach(place, [chosen('of ben')]);
    await until(() => other.confab.files.upload(own).get()?.status === 'arrived');
    expect(statuses(other)).toEqual(['of ben arrived']);
    expect(other.confab.files.upload(id).get()).toBeUndefined();
    expect(sentFiles().map(({ by, arrived }) => `${by} ${arrived}`)).toEqual(['ada false', 'ben true']);
    await other.confab.stop();
    browser = new FakeBrowser();
    const again = await page();
    await until(() => statuses(again).join() === 'a arrived');
  });

  it('it is known for a day how large a body may be', async () => {
    server.files.largestBody = 1024 * 1024;
    const before = await page();
    const data = new Blob([new Uint8Array(2 * 1024 * 1024)]);
    before.confab.files.attach(place, [{ name: 'a', data }]);
    await until(() => statuses(before)[0] === 'a arrived');
    await before.confab.stop();
    browser = new FakeBrowser();
    const after = await page();
    after.confab.files.attach(place, [{ name: 'b', data }]);
    await until(() => statuses(after)[1] === 'b arrived');
    expect(server.files.requests).toContain(`PATCH file-1 0+${data.size}`);
    expect(server.files.requests).not.toContain(`PATCH file-2 0+${data.size}`);
    after.ports.time.sleep(times.mostBytesMs);
    expect(await store().mostBytes()).not.toBeNull();
  });
});

describe('in several tabs', () => {
  it('all show the same, and one sends what is chosen in any', async () => {
    const [first, second] = [await page(), await page()];
    second.confab.files.attach(place, [chosen('a'), chosen('b')]);
    await until(() => statuses(first).join() === 'a arrived,b arrived');
    expect(statuses(second)).toEqual(statuses(first));
    expect(sentFiles()).toHaveLength(2);
    const [a, b] = attached(second).map(({ id }) => id) as [string, string];
    first.confab.files.move(b, a);
    second.confab.files.describe(a, 'A cat.');
    await until(() => statuses(second)[0] === 'b arrived' && attached(first)[1]?.description === 'A cat.');
    first.confab.files.discard(b);
    await until(() => attached(second).length === 1 && sentFiles().length === 1);
    second.confab.rooms.timeline(room.info.id).post('look', undefined, [a]);
    await until(() => posted().length === 1 && attached(first).length === 0);
    expect(room.messages(ada)[0]?.files).toMatchObject([{ name: 'a', description: 'A cat.' }]);
  });

  it('another goes on when the one that sends is closed', async () => {
    const [first, second] = [await page(), await page()];
    const id = await half(second);
    const talk = second.confab.rooms.timeline(room.info.id);
    talk.open();
    talk.post('look', undefined, [id]);
    await settled();
    expect(linesOf(talk).at(-1)).toBe('queued: look');
    await first.confab.stop();
    await until(() => posted().length === 1);
    expect(sentFiles()).toHaveLength(1);
  });

  it('a send is tried again from any of them', async () => {
    const [first, second] = [await page(), await page()];
    server.files.refusals.push(toWireError('file-refused', { type: 'text/html' }));
    const [id = ''] = second.confab.files.attach(place, [chosen('a')]);
    await until(() => statuses(second)[0] === 'a failed' && statuses(first)[0] === 'a failed');
    second.confab.files.retry(id);
    await until(() => statuses(second)[0] === 'a arrived');
    expect(sentFiles()).toHaveLength(1);
  });
});
