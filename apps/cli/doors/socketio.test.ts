import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { patiently } from '../load/population.ts';
import { JourneyBed } from './journey-bed.ts';

let bed: JourneyBed;
const sockets: Socket[] = [];

beforeAll(async () => {
  bed = await JourneyBed.open(0);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(() => bed.close());

interface Heard {
  readonly socket: Socket;
  readonly events: unknown[][];
}

async function connected(token: string, auth: object, transports: string[]): Promise<Heard> {
  const socket = io(bed.url, { auth: { token, ...auth }, forceNew: true, transports });
  sockets.push(socket);
  const events: unknown[][] = [];
  socket.onAny((...event: unknown[]) => void events.push(event));
  await bed.until(
    () => socket.connected,
    () => 'a connection',
  );
  return { socket, events };
}

/** Two people in one room; the second one has it open over this transport. */
async function pair(transports: string[]) {
  const room = await bed.room();
  const [writer, listener] = [await bed.person(room), await bed.person(room)];
  const here = await connected(writer.token, { room }, ['websocket']);
  const there = await connected(listener.token, { room }, transports);
  // Who has just come is not listening yet: what is not kept is repeated until it is heard.
  await bed.until(
    () => {
      here.socket.emit('ready');
      return there.events.some(([name]) => name === 'ready');
    },
    () => 'the room to be open',
  );
  return { room, writer, listener, here, there };
}

const named = (events: unknown[][], name: string) => events.filter(([event]) => event === name);

describe.each([['websocket'], ['polling']])('the stock client, which hears over %s', (transport) => {
  test('tells the others in its room what the server knows nothing of, with arguments and bytes', async () => {
    const { room, writer, here, there } = await pair([transport]);
    const by = { room, user: writer.user };
    here.socket.emit('drawing', { x: 0.5, color: 'black' });
    here.socket.emit('drawing', 1, 'two', [3]);
    const answer = await here.socket.emitWithAck('drawing', { image: Uint8Array.of(1, 2, 3), tail: Buffer.from('é') });
    expect(answer).toEqual({ ok: true });
    await bed.until(
      () => named(there.events, 'drawing').length === 3,
      () => JSON.stringify(there.events),
    );
    const [first, second, third] = named(there.events, 'drawing');
    expect(first).toEqual(['drawing', { x: 0.5, color: 'black' }, by]);
    expect(second).toEqual(['drawing', 1, 'two', [3], by]);
    const { image, tail } = (third as unknown[])[1] as { image: Uint8Array; tail: Uint8Array };
    expect([...new Uint8Array(image)]).toEqual([1, 2, 3]);
    expect(Buffer.from(tail).toString()).toBe('é');
    expect(named(here.events, 'drawing')).toEqual([]);
  });

  test('hears what a client of another door tells, and is not taken in by names and bytes that it makes up', async () => {
    const { room, listener, writer, here, there } = await pair([transport]);
    const tell = (name: string, payload: string) =>
      patiently(() => listener.api.call('broadcast.send', { room, name, payload }));
    await tell('disconnect', '1');
    await tell('message', '{"text":"not from the log"}');
    await tell('drawing', '{"image":{"_placeholder":true,"num":3}}');
    await tell('pointer', '[3,4]');
    await bed.until(
      () => named(there.events, 'pointer').length === 1,
      () => JSON.stringify(there.events),
    );
    expect(named(there.events, 'pointer')).toEqual([['pointer', [3, 4], { room, user: listener.user }]]);
    expect(named(there.events, 'drawing')[0]?.[1]).toEqual({ image: null });
    expect(named(there.events, 'message')).toEqual([]);
    const told = named(there.events, 'broadcast.sent').map(([, frame]) => (frame as { data: { name: string } }).data);
    expect(told.map(({ name }) => name)).toEqual(['disconnect', 'message']);
    expect([here.socket.connected, there.socket.connected]).toEqual([true, true]);
    expect(writer.user).not.toBe(listener.user);
  });
});

test('the stock client tells rooms by their names, and only those that it is in', async () => {
  const { room, here, there } = await pair(['websocket']);
  const elsewhere = await bed.room('private');
  expect(await here.socket.emitWithAck('broadcast', room, 'cue', 1)).toEqual({ ok: true });
  await bed.until(
    () => named(there.events, 'cue').length === 1,
    () => 'the cue',
  );
  expect(await here.socket.emitWithAck('broadcast', elsewhere, 'cue', 1)).toMatchObject({
    error: { code: 'not-found' },
  });
  const homeless = await connected((await bed.person(room)).token, {}, ['websocket']);
  expect(await homeless.socket.emitWithAck('cue', 1)).toMatchObject({ error: { code: 'unknown-command' } });
});
