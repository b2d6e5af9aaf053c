import type { UserId } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Confab } from '../api.ts';
import { times } from '../bounds.ts';
import type { UploadPlace } from '../files-api.ts';
import { type Device, linesOf, onlineDevice } from '../testing/device.ts';
import type { FakeRoom } from '../testing/fake-room.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';
import { until } from '../testing/until.ts';
import { MemoryUploads } from './upload-store.ts';

const kib = 1024;
const mib = 1024 * kib;

let server: FakeServer;
let ada: UserId;
let room: FakeRoom;
let place: UploadPlace;
let device: Device;
let confab: Confab;

beforeEach(async () => {
  server = new FakeServer();
  ada = server.addPerson('ada');
  room = server.addRoom('talk', ada);
  place = { room: room.info.id, thread: null };
  device = await onlineDevice(server, ada, { uploads: new MemoryUploads() });
  await import('./uploads.ts');
  await settled();
  confab = device.confab;
});

const bytes = (size: number) => new Blob([Buffer.alloc(size, 'the content of a file, over and over again')]);
const chosen = (name: string, size = 10) => ({ name, data: bytes(size) });
const attach = (name: string, size?: number) => confab.files.attach(place, [chosen(name, size)])[0] as string;
const upload = (id: string) => confab.files.upload(id).get();
const status = (id: string) => upload(id)?.status;
const arrived = (...ids: string[]) => until(() => ids.every((id) => status(id) === 'arrived'));
const sentFiles = () => [...server.files.all.values()];
const posted = () => room.messages(ada).map(({ text, files }) => [text, files?.map(({ name }) => name) ?? []]);

function timeline() {
  const talk = confab.rooms.timeline(room.info.id);
  talk.open();
  return talk;
}

describe('files that go with a scheduled message', () => {
  it('are handed over once they have arrived, described, and are attached no more', async () => {
    const [first, second] = [attach('plan.txt'), attach('note.txt')];
    const schedule = () => confab.scheduled.create(place.room, null, '', 5_000, [second, first]);
    await expect(schedule()).rejects.toMatchObject({ code: 'file-incomplete' });
    expect(confab.files.attached(place).get()).toHaveLength(2);
    await arrived(first, second);
    confab.files.describe(first, 'The plan');
    const { files, id } = await schedule();
    expect(files?.map(({ name }) => name)).toEqual(['note.txt', 'plan.txt']);
    expect(confab.files.attached(place).get()).toEqual([]);
    expect(server.asked.filter((command) => command === 'file.discard')).toEqual([]);
    expect(sentFiles().find(({ name }) => name === 'plan.txt')?.description).toBe('The plan');
    await confab.scheduled.update(id, { files: files?.slice(1).map((file) => file.id) ?? [] });
    await settled();
    expect(confab.scheduled.list.get().map((each) => each.files?.map(({ name }) => name))).toEqual([['plan.txt']]);
  });

  it('stay attached when it is refused', async () => {
    const id = attach('plan.txt');
    await arrived(id);
    server.refusals.push({ command: 'scheduled.create', error: toWireError('limit-reached', { limit: 1, what: 'x' }) });
    await expect(confab.scheduled.create(place.room, null, '', 5_000, [id])).rejects.toMatchObject({
      code: 'limit-reached',
    });
    expect(confab.files.attached(place).get()).toMatchObject([{ id, status: 'arrived' }]);
  });
});

describe('files that are attached', () => {
  it('are sent at once, and wait there until they are posted', async () => {
    const id = attach('plan.txt', 3_000);
    expect(confab.files.attached(place).get()).toMatchObject([{ id, name: 'plan.txt', size: 3_000 }]);
    await arrived(id);
    expect(upload(id)).toMatchObject({ sent: 3_000, error: null, file: { name: 'plan.txt', size: 3_000 } });
    const [file] = sentFiles();
    expect(await file?.content.bytes()).toEqual(await bytes(3_000).bytes());
    expect(confab.files.data(id)?.size).toBe(3_000);
    expect(confab.files.attached({ room: place.room, thread: 'other' as never }).get()).toEqual([]);
  });

  it('go one after another, three at a time', async () => {
    const hold = Promise.withResolvers<void>();
    server.files.held = hold.promise;
    const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => attach(name));
    await until(() => server.files.requests.filter((request) => request.startsWith('PATCH')).length === 3);
    expect(ids.map(status)).toEqual(['sending', 'sending', 'sending', 'waiting', 'waiting']);
    hold.resolve();
    await arrived(...ids);
    expect(sentFiles().map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('of which one has no bytes arrive too', async () => {
    const id = attach('empty', 0);
    await arrived(id);
    expect(upload(id)?.file?.size).toBe(0);
  });

  it('that are too large for the server are there as failed, and nothing is sent', async () => {
    const state = confab.account.state.get();
    const limit = state.status === 'signed-in' ? state.instance.fileBytes : 0;
    const data = { size: limit + 1, type: 'video/mp4' } as Blob;
    const [id = ''] = confab.files.attach(place, [{ name: 'film', data }]);
    expect(upload(id)).toMatchObject({
      status: 'failed',
      error: { code: 'file-too-large', details: { limit, size: limit + 1 } },
    });
    confab.files.retry(id);
    await arrived(attach('other'));
    expect(status(id)).toBe('failed');
    expect(sentFiles().map(({ name }) => name)).toEqual(['other']);
  });

  it('that turn out to be too large are failed too', async () => {
    server.files.largestFile = 9;
    const id = attach('a');
    await until(() => status(id) === 'failed');
    expect(upload(id)?.error).toMatchObject({ code: 'file-too-large', details: { size: 10 } });
  });

  it('can be put in another order, and taken away from the server too', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => attach(name)) as [string, string, string];
    const names = () =>
      confab.files
        .attached(place)
        .get()
        .map(({ name }) => name)
        .join('');
    confab.files.move(c, a);
    expect(names()).toBe('cab');
    confab.files.move(c, null);
    expect(names()).toBe('abc');
    confab.files.move(a, c);
    expect(names()).toBe('bac');
    await arrived(a, b, c);
    confab.files.discard(b);
    expect(names()).toBe('ac');
    expect(upload(b)).toBeUndefined();
    await until(() => sentFiles().length === 2);
  });

  it('bring what is known of them, and a video its picture', async () => {
    const about = { width: 4, height: 3, durationMs: 900 };
    const [id = ''] = confab.files.attach(place, [{ name: 'film', data: bytes(10), about, poster: bytes(4) }]);
    await arrived(id);
    const [film, poster] = sentFiles();
    expect(film).toMatchObject({ name: 'film', about, posterOf: null });
    expect(poster).toMatchObject({ posterOf: film?.id, arrived: true, size: 4 });
  });

  it('that the server refuses are failed with what it said, and can be tried again', async () => {
    server.files.refusals.push(toWireError('file-refused', { type: 'application/x-msdownload' }));
    const id = attach('setup.exe');
    await until(() => status(id) === 'failed');
    expect(upload(id)?.error).toMatchObject({ code: 'file-refused', details: { type: 'application/x-msdownload' } });
    confab.files.retry(id);
    await arrived(id);
    expect(upload(id)?.error).toBeNull();
    expect(sentFiles()).toHaveLength(1);
  });

  it('say again why they are refused, though all of their bytes are there', async () => {
    const refusal = toWireError('file-infected', { signature: 'Eicar' });
    server.files.refusals.push(refusal, refusal, refusal);
    const id = attach('a');
    await until(() => status(id) === 'failed');
    confab.files.retry(id);
    await until(() => server.files.refusals.length === 0 && status(id) === 'failed');
    expect(upload(id)?.error?.code).toBe('file-infected');
    expect(server.files.requests).toEqual(['POST', 'PATCH file-1 0+10', 'HEAD']);
  });

  it('are tried for as long as the server says that it is for now', async () => {
    server.files.refusals.push(...Array.from({ length: 5 }, () => toWireError('scanner-unavailable')));
    const id = attach('a');
    await until(() => upload(id)?.error !== null);
    expect(upload(id)).toMatchObject({ status: 'waiting', error: { code: 'scanner-unavailable' } });
    await device.ports.time.advance(times.longestWaitMs * 5);
    await arrived(id);
    expect(server.files.refusals).toEqual([]);
    expect(upload(id)?.error).toBeNull();
    expect(sentFiles()).toHaveLength(1);
  });
});

describe('the bytes of a file', () => {
  it('go on from where they broke off', async () => {
    server.files.cutAfter = 700;
    const id = attach('long', 1_000);
    await until(() => server.files.requests.length === 2 && status(id) === 'waiting');
    await device.ports.time.advance(times.longestWaitMs);
    await arrived(id);
    expect(server.files.requests).toEqual(['POST', 'PATCH file-1 0+1000', 'HEAD', 'PATCH file-1 700+300']);
    expect(await sentFiles()[0]?.content.bytes()).toEqual(await bytes(1_000).bytes());
  });

  it('are tried less and less often while none of them gets there, and at once again when some have', async () => {
    const tries = () => server.files.requests.filter((request) => request.startsWith('PATCH')).length;
    const id = attach('a', 1_000);
    const cut = async (after: number) => {
      const before = tries();
      server.files.cutAfter = after;
      const began = device.ports.time.clock.monotonic();
      while (tries() === before) await device.ports.time.advance(100);
      await until(() => server.files.cutAfter === null && status(id) === 'waiting');
      return device.ports.time.clock.monotonic() - began;
    };
    for (let count = 0; count < 6; count += 1) await cut(0);
    expect(await cut(10)).toBeGreaterThan(times.firstWindow.maxMs);
    expect(await cut(10)).toBeGreaterThan(times.firstWindow.maxMs);
    expect(await cut(10)).toBeLessThanOrEqual(times.firstWindow.maxMs * 2);
  });

  it('go in smaller parts where large ones do not get through, and that is remembered', async () => {
    server.files.largestBody = 10 * mib;
    const big = attach('big', 20 * mib);
    await arrived(big);
    expect(server.files.requests.filter((request) => request.startsWith('PATCH'))).toEqual([
      `PATCH file-1 0+${20 * mib}`,
      `PATCH file-1 0+${10 * mib}`,
      `PATCH file-1 ${10 * mib}+${10 * mib}`,
    ]);
    await arrived(attach('next', 20 * mib));
    expect(server.files.requests).not.toContain(`PATCH file-2 0+${20 * mib}`);
  });

  it('wait without a connection, and go on when there is one', async () => {
    const hold = Promise.withResolvers<void>();
    server.files.held = hold.promise;
    const id = attach('a', 100);
    await until(() => server.files.requests.length === 2);
    server.reachable = false;
    server.cut();
    await until(() => status(id) === 'waiting');
    await device.ports.time.advance(60_000);
    expect(server.files.requests).toHaveLength(2);
    server.files.held = null;
    server.reachable = true;
    await device.ports.time.advance(times.longestWaitMs);
    await arrived(id);
    hold.resolve();
    expect(sentFiles()).toHaveLength(1);
  });

  it('start anew when the server has deleted what it had', async () => {
    server.files.cutAfter = 5;
    const id = attach('a');
    await until(() => server.files.requests.length === 2 && status(id) === 'waiting');
    server.files.all.clear();
    await device.ports.time.advance(times.longestWaitMs);
    await arrived(id);
    expect(upload(id)?.file?.id).toBe('file-2');
  });

  it('are lost when they cannot be read any more, until the same file is chosen again', async () => {
    const gone = bytes(10);
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('changed on disk')) }) as unknown as Blob;
    const [id = ''] = confab.files.attach(place, [{ name: 'a', data: gone }]);
    await until(() => status(id) === 'lost');
    confab.files.retry(id);
    expect(status(id)).toBe('lost');
    confab.files.retry(id, bytes(11));
    expect(upload(id)).toMatchObject({ status: 'lost', error: { code: 'file-damaged' } });
    confab.files.retry(id, bytes(10));
    await arrived(id);
    expect(upload(id)?.error).toBeNull();
  });
});

describe('a send with files', () => {
  it('takes them from where they are attached, and is posted with them in its order', async () => {
    const talk = timeline();
    const [a = '', b = ''] = confab.files.attach(place, [chosen('a'), chosen('b')]);
    talk.post('look', undefined, [b, a]);
    expect(confab.files.attached(place).get()).toEqual([]);
    expect(talk.get().items.at(-1)).toMatchObject({ kind: 'pending', text: 'look', uploads: [b, a] });
    await until(() => talk.get().items.at(-1)?.kind === 'message');
    expect(posted()).toEqual([['look', ['b', 'a']]]);
    expect(upload(a)).toBeUndefined();
  });

  it('may be queued before that is loaded which sends files', async () => {
    const other = await onlineDevice(server, ada);
    const files = [chosen('a'), chosen('b')];
    const ids = other.confab.files.attach(place, files);
    const attached = other.confab.files.attached(place);
    expect(attached.get().map(({ name, status: how }) => `${name} ${how}`)).toEqual(['a waiting', 'b waiting']);
    expect(other.confab.files.data(ids[0] ?? '')).toBe(files[0]?.data);
    other.confab.rooms.timeline(room.info.id).post('look', undefined, ids);
    expect(attached.get()).toEqual([]);
    expect(other.confab.files.upload(ids[0] ?? '').get()?.name).toBe('a');
    await until(() => posted().length === 1);
    expect(posted()).toEqual([['look', ['a', 'b']]]);
  });

  it('may have no text, and is not waited for by others', async () => {
    const talk = timeline();
    const hold = Promise.withResolvers<void>();
    server.files.held = hold.promise;
    talk.post('', undefined, [attach('a')]);
    talk.post('meanwhile');
    await until(() => posted().length === 1);
    expect(linesOf(talk)).toContain('queued: ');
    hold.resolve();
    await until(() => posted().length === 2);
    expect(posted()).toEqual([
      ['meanwhile', []],
      ['', ['a']],
    ]);
  });

  it('tells what they show before it is posted', async () => {
    const id = attach('a');
    confab.files.describe(id, '  A cat. ');
    expect(upload(id)?.description).toBe('A cat.');
    timeline().post('', undefined, [id]);
    await until(() => posted().length === 1);
    expect(room.messages(ada)[0]?.files).toMatchObject([{ name: 'a', description: 'A cat.' }]);
  });

  it('waits for one that failed, and goes when it arrives', async () => {
    const talk = timeline();
    server.files.refusals.push(toWireError('file-infected', { signature: 'Eicar' }));
    const id = attach('a');
    talk.post('look', undefined, [id]);
    await until(() => status(id) === 'failed');
    expect(linesOf(talk).at(-1)).toBe('queued: look');
    confab.files.retry(id);
    await until(() => posted().length === 1);
  });

  it('goes without one that is taken away, and with nothing left it is gone', async () => {
    const talk = timeline();
    server.files.refusals.push(toWireError('file-infected', { signature: 'Eicar' }));
    const bad = attach('bad');
    await until(() => status(bad) === 'failed');
    const good = attach('good');
    talk.post('', undefined, [bad, good]);
    await arrived(good);
    expect(posted()).toEqual([]);
    confab.files.discard(bad);
    await until(() => posted().length === 1);
    expect(posted()).toEqual([['', ['good']]]);
    server.files.refusals.push(toWireError('file-infected', { signature: 'Eicar' }));
    const worse = attach('worse');
    talk.post('', undefined, [worse]);
    await until(() => status(worse) === 'failed');
    confab.files.discard(worse);
    expect(linesOf(talk).some((line) => line.startsWith('queued'))).toBe(false);
    expect(confab.outbox.get()).toEqual({ waiting: 0, failed: 0 });
  });

  it('is handed over when the page is closed, if its files are there', async () => {
    const talk = timeline();
    const [a, b, described] = ['a', 'b', 'c'].map((name) => attach(name)) as [string, string, string];
    await arrived(a, b, described);
    await confab.settings.set({ undoSendMs: 5_000 });
    server.files.held = new Promise(() => {});
    const late = attach('late');
    confab.files.describe(described, 'Not told yet.');
    talk.post('late', undefined, [late]);
    talk.post('described', undefined, [described]);
    talk.post('look', undefined, [b, a]);
    await settled();
    for (const connection of server.connections) connection.held = true;
    device.ports.leave();
    await until(() => posted().length === 1);
    device.crash();
    expect(posted()).toEqual([['look', ['b', 'a']]]);
  });

  it('takes its files along when it is discarded', async () => {
    const talk = timeline();
    const hold = Promise.withResolvers<void>();
    server.files.held = hold.promise;
    const id = attach('a');
    const clientId = talk.post('no', undefined, [id]);
    await until(() => sentFiles().length === 1 && server.files.requests.length === 2);
    talk.discard(clientId);
    expect(upload(id)).toBeUndefined();
    expect(confab.files.attached(place).get()).toEqual([]);
    hold.resolve();
    await until(() => sentFiles().length === 0);
    expect(posted()).toEqual([]);
  });

  it('fails when a file is gone, and sends it anew when it is retried', async () => {
    const talk = timeline();
    const id = attach('a');
    await arrived(id);
    server.files.all.clear();
    const clientId = talk.post('look', undefined, [id]);
    await until(() => linesOf(talk).at(-1) === 'failed: look');
    expect(talk.get().items.at(-1)).toMatchObject({ send: { error: { code: 'file-gone' } } });
    talk.retry(clientId);
    await until(() => posted().length === 1);
    expect(posted()).toEqual([['look', ['a']]]);
  });

  it('looks first whether what waited for long is still there', async () => {
    const id = attach('a');
    await arrived(id);
    server.files.all.clear();
    await device.ports.time.advance(times.uploadFreshMs);
    await until(() => confab.connection.get().status === 'online');
    timeline().post('look', undefined, [id]);
    await until(() => posted().length === 1);
    expect(server.asked.filter((command) => command === 'message.post')).toHaveLength(1);
  });
});

describe('files of a room', () => {
  it('have addresses, are listed and shown', async () => {
    timeline().post('look', undefined, [attach('a')]);
    await until(() => posted().length === 1);
    const { files } = await confab.files.list(room.info.id);
    expect(files.map(({ file }) => file.name)).toEqual(['a']);
    const id = files[0]?.file.id ?? ('' as never);
    expect((await confab.files.show(id)).by).toBe(ada);
    const base = `http://confab.test/api/v1/files/${id}/content`;
    expect(confab.files.address(id)).toBe(base);
    expect(confab.files.address(id, { preview: 320 })).toBe(`${base}?preview=320`);
    expect(confab.files.address(id, { preview: 320, download: true })).toBe(`${base}?preview=320&download`);
  });
});
