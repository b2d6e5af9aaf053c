import { randomUUID } from 'node:crypto';
import {
  HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  LogLevel,
} from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { patiently } from '../load/population.ts';
import { JourneyBed } from './journey-bed.ts';
import { CutProxy } from './testing/cut-proxy.ts';

interface Message {
  readonly room: string;
  readonly seq: number;
  readonly text: string;
  readonly clientId: string;
  readonly cursor: string;
}

interface Item {
  readonly event: string;
  readonly log?: string;
  readonly seq?: number;
  readonly cursor: string;
  readonly data?: { readonly text?: string };
}

interface Way {
  readonly transport: HttpTransportType;
  readonly binary: boolean;
  /** Retries are quick here, and there are many of them: the server takes a while to start again. */
  readonly url?: string;
  readonly stateful?: boolean;
}

const ways: [string, Way][] = [
  ['WebSockets, JSON', { transport: HttpTransportType.WebSockets, binary: false }],
  ['WebSockets, MessagePack', { transport: HttpTransportType.WebSockets, binary: true }],
  ['Server-Sent Events, JSON', { transport: HttpTransportType.ServerSentEvents, binary: false }],
  ['long polling, JSON', { transport: HttpTransportType.LongPolling, binary: false }],
  ['long polling, MessagePack', { transport: HttpTransportType.LongPolling, binary: true }],
];

let bed: JourneyBed;
let open: (() => Promise<void>)[] = [];
beforeAll(async () => {
  bed = await JourneyBed.open(ways.length);
}, 720_000);
afterEach(async () => {
  const all = open;
  open = [];
  await Promise.all(all.map((close) => close()));
});
afterAll(() => bed?.close());

function build(url: string, token: string, { transport, binary, stateful = false }: Way): HubConnection {
  let builder = new HubConnectionBuilder()
    .withUrl(`${url}/signalr`, { accessTokenFactory: () => token, transport })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 50 })
    .configureLogging(LogLevel.None);
  if (stateful) builder = builder.withStatefulReconnect();
  if (binary) builder = builder.withHubProtocol(new MessagePackHubProtocol());
  const connection = builder.build();
  open.push(() => connection.stop());
  return connection;
}

async function entered(way: Way, room?: string) {
  const there = room ?? (await bed.room());
  const person = await bed.person(there);
  const target = bed.target(person, there);
  const connection = build(way.url ?? target.url, target.token, way);
  const messages: Message[] = [];
  connection.on('message', (message: Message) => messages.push(message));
  return { room: there, person, target, connection, messages };
}

const texts = (messages: readonly { text: string }[]) => messages.map(({ text }) => text);
const seen = (messages: readonly { text: string }[], text: string) =>
  bed.until(
    () => texts(messages).includes(text),
    () => `${text}; seen: ${texts(messages).slice(-5)}`,
  );

describe.each(ways)('the stock SignalR client over %s', (_, way) => {
  test('sends, hears, edits, leaves, and is told what is refused', async () => {
    const { room, connection, messages } = await entered(way);
    const edited: unknown[] = [];
    connection.on('message.edited', (frame) => edited.push(frame));
    await connection.start();
    const { cursor } = await connection.invoke('Join', room);
    const text = 'Ä\u001e\n"日本語"\u2028🎨';
    const clientId = randomUUID();
    const sent = await connection.invoke('Send', room, text, clientId);
    expect(sent).toEqual({ id: expect.any(String), seq: expect.any(Number), epoch: 1, postedAt: expect.any(Number) });
    await seen(messages, text);
    expect(messages).toEqual([
      {
        id: sent.id,
        room,
        seq: sent.seq,
        epoch: 1,
        author: expect.any(String),
        clientId,
        text,
        at: sent.postedAt,
        cursor: expect.any(String),
      },
    ]);
    expect(messages[0]?.cursor).not.toBe(cursor);
    await connection.invoke('Command', 'message.edit', { message: sent.id, text: 'other' });
    await bed.until(
      () => edited.length > 0,
      () => 'the edit',
    );
    expect(edited).toMatchObject([
      { event: 'message.edited', log: `room:${room}`, data: { id: sent.id, text: 'other' } },
    ]);
    await expect(connection.invoke('Send', room, '')).rejects.toThrow(
      'HubException: text-empty: There is no text to send.',
    );
    await expect(connection.invoke('Send', 'elsewhere', 'x')).rejects.toThrow('not-found');
    await expect(connection.invoke('Send', room, 7)).rejects.toThrow('invalid-params');
    await expect(connection.invoke('Send', room, 'x', 'y'.repeat(65))).rejects.toThrow('invalid-params');
    await expect(connection.invoke('Command', 'room.show', { room: 7 })).rejects.toThrow('invalid-params');
    await expect(connection.invoke('Command', 'no.such', {})).rejects.toThrow('unknown-command');
    await expect(connection.invoke('Sing')).rejects.toThrow("Unknown hub method 'Sing'");
    await expect(connection.invoke('Events')).rejects.toThrow('with a non-streaming invocation');
    await connection.invoke('Leave', room);
    await bed.post(room, 'not heard');
    await connection.invoke('Join', room);
    await connection.send('Send', room, 'heard again');
    await seen(messages, 'heard again');
    expect(texts(messages)).toEqual([text, 'heard again']);
  });

  test('is told of all rooms when it joins none', async () => {
    const { room, person, connection, messages } = await entered(way);
    await connection.start();
    await bed.post(room, 'said before anything was told');
    await seen(messages, 'said before anything was told');
    const other = await bed.room();
    await patiently(() => person.api.call('room.join', { room: other }));
    await bed.post(other, 'in a new room');
    await seen(messages, 'in a new room');
    expect(messages.filter((message) => message.room === room || message.room === other)).toHaveLength(2);
  });

  test('streams every event from a cursor on until it is cancelled', async () => {
    const { room, connection } = await entered(way);
    await connection.start();
    const { cursor: after } = await connection.invoke('Join', room);
    for (let index = 0; index < 30; index += 1) await bed.post(room, `missed ${index}`);
    const items: Item[] = [];
    const subscription = connection.stream<Item>('Events', { rooms: [room], after }).subscribe({
      next: (item) => items.push(item),
      error: () => {},
      complete: () => {},
    });
    await bed.post(room, 'live');
    await bed.until(
      () => items.at(-1)?.data?.text === 'live',
      () => `the stream: ${items.length}`,
    );
    expect(items[0]).toMatchObject({ event: 'stream.opened' });
    const said = items.slice(1).map(({ data }) => data?.text);
    expect(said).toEqual([...Array.from({ length: 30 }, (_, index) => `missed ${index}`), 'live']);
    subscription.dispose();
    await bed.post(room, 'after the end');
    // Another one, from where the first had come, is what shows that the first said no more.
    const again: Item[] = [];
    connection.stream<Item>('Events', { rooms: [room], after: items.at(-1)?.cursor }).subscribe({
      next: (item) => again.push(item),
      error: () => {},
      complete: () => {},
    });
    await bed.until(
      () => again.length >= 2,
      () => 'the second stream',
    );
    expect(again.map(({ data }) => data?.text)).toEqual([undefined, 'after the end']);
    expect(items).toHaveLength(32);
    await expect(
      new Promise((resolve, reject) => {
        connection
          .stream('Events', { rooms: ['elsewhere'] })
          .subscribe({ next: resolve, error: reject, complete: () => resolve(null) });
      }),
    ).rejects.toThrow('not-found');
  });

  test('[L7] comes back after a cut and a killed server with its last cursor, and nothing is missing or doubled', async () => {
    const proxy = await CutProxy.open(bed.target(await bed.person(await bed.room()), '').url);
    open.push(() => proxy.close());
    const { room, connection, messages } = await entered({ ...way, url: proxy.url });
    await connection.start();
    const joined = await connection.invoke('Join', room);
    let back = 0;
    connection.onreconnected(() => {
      const cursor = messages.at(-1)?.cursor ?? joined.cursor;
      void connection.invoke('Join', room, cursor).then(() => {
        back += 1;
      });
    });
    await connection.invoke('Send', room, 'before');
    await seen(messages, 'before');
    for (const [round, interrupt] of [async () => proxy.cut(), () => bed.killAndRestart()].entries()) {
      proxy.refuses = true;
      proxy.cut();
      await bed.until(
        () => connection.state === HubConnectionState.Reconnecting,
        () => 'the client to notice',
      );
      await interrupt();
      for (let index = 0; index < 45; index += 1) await bed.post(room, `away ${round} ${index}`);
      proxy.refuses = false;
      await bed.until(
        () => back === round + 1,
        () => 'the client to come back',
      );
      await connection.invoke('Send', room, `after ${round}`);
      await seen(messages, `after ${round}`);
    }
    const posted = await bed.posted(room);
    expect(messages.map(({ seq, text }) => ({ seq, text }))).toEqual(posted.map(({ seq, text }) => ({ seq, text })));
    expect(messages).toHaveLength(93);
  });

  test('[H8] ends for good when its session is signed out', async () => {
    const room = await bed.room();
    const person = await bed.leaver(room);
    const target = bed.target(person, room);
    const connection = build(target.url, target.token, way);
    const messages: Message[] = [];
    connection.on('message', (message: Message) => messages.push(message));
    const closed = new Promise<Error | undefined>((resolve) => connection.onclose(resolve));
    await connection.start();
    await connection.invoke('Join', room);
    await connection.invoke('Send', room, 'heard');
    await seen(messages, 'heard');
    await patiently(() => person.api.call('account.sign-out', {}));
    await bed.post(room, 'not heard');
    expect((await closed)?.message).toBe('Server returned an error on close: session-revoked');
    expect(connection.state).toBe(HubConnectionState.Disconnected);
    await expect(connection.start()).rejects.toThrow(/session-revoked|unauthenticated/);
    expect(texts(messages)).toEqual(['heard']);
  });
});

describe.each([
  ['JSON', false],
  ['MessagePack', true],
])('stateful reconnect with %s', (_, binary) => {
  test('[L7] outlives any number of cuts: every call is answered, nothing is missing, doubled or out of order', async () => {
    const proxy = await CutProxy.open(bed.target(await bed.person(await bed.room()), '').url);
    open.push(() => proxy.close());
    const way = { transport: HttpTransportType.WebSockets, binary, url: proxy.url, stateful: true };
    const { room, connection, messages } = await entered(way);
    let reconnects = 0;
    connection.onreconnecting(() => {
      reconnects += 1;
    });
    await connection.start();
    await connection.invoke('Join', room);
    const items: Item[] = [];
    connection.stream<Item>('Events', { rooms: [room] }).subscribe({
      next: (item) => items.push(item),
      error: () => {},
      complete: () => {},
    });
    await bed.until(
      () => items.length > 0,
      () => 'the stream to begin',
    );
    const answers: Promise<{ seq: number }>[] = [];
    const { connectionId } = connection;
    for (let cut = 0; cut < 20; cut += 1) {
      for (let index = 0; index < 10; index += 1)
        answers.push(connection.invoke('Send', room, `${cut} ${index}`, randomUUID()));
      await bed.post(room, `other ${cut}`);
      // Whatever has arrived by then: some before, some after the answers, some in the middle of them.
      proxy.cut();
      const before = messages.length;
      await bed.until(
        () => messages.length > before,
        () => `something to be told after cut ${cut}`,
      );
    }
    const seqs = (await Promise.all(answers)).map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(200);
    await connection.invoke('Send', room, 'the end');
    await seen(messages, 'the end');
    const posted = await bed.posted(room);
    expect(posted).toHaveLength(221);
    expect(messages.map(({ seq, text }) => ({ seq, text }))).toEqual(posted.map(({ seq, text }) => ({ seq, text })));
    await bed.until(
      () => items.at(-1)?.data?.text === 'the end',
      () => 'the end of the stream',
    );
    expect(items.slice(1).map(({ seq }) => seq)).toEqual(posted.map(({ seq }) => seq));
    expect([reconnects, connection.connectionId]).toEqual([0, connectionId]);
  });
});

test('the stock client comes in without negotiation, and with a cursor for all rooms', async () => {
  const { room, target, connection, messages } = await entered({
    transport: HttpTransportType.WebSockets,
    binary: false,
  });
  await connection.start();
  const { cursor } = await connection.invoke('Join', room);
  await connection.stop();
  for (const text of ['one', 'two']) await bed.post(room, text);
  const direct = new HubConnectionBuilder()
    .withUrl(`${target.url}/signalr?cursor=${cursor}`, {
      accessTokenFactory: () => target.token,
      transport: HttpTransportType.WebSockets,
      skipNegotiation: true,
    })
    .configureLogging(LogLevel.None)
    .build();
  open.push(() => direct.stop());
  direct.on('message', (message: Message) => messages.push(message));
  await direct.start();
  await seen(messages, 'two');
  expect(texts(messages)).toEqual(['one', 'two']);
});
