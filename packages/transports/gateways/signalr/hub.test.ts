import { type LogId, roomLog } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../session/index.ts';
import { ada, roomId } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import type { HubMessage } from './hub/message.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { negotiate, RawClient } from './testing/raw-client.ts';

let gateway: OpenGateway;
let token: string;
beforeEach(async () => {
  gateway = await OpenGateway.open();
  token = gateway.signIn(ada);
});
afterEach(() => gateway.close());

const cursorOf = (log: LogId, seq: number, epoch = 1) => encodeCursor(new Map([[log, { epoch, seq }]]));
const cursorAt = (room: number, seq: number, epoch = 1) => cursorOf(roomLog(roomId(room)), seq, epoch);
const enter = () => RawClient.enter(gateway, token);

/** Everything that was told before has arrived when a later call is answered. */
async function settled(client: RawClient): Promise<void> {
  await gateway.time.settle();
  await client.call('Nothing');
}

describe('calls', () => {
  const refused = (method: string, code: string) => ({
    error: expect.stringContaining(`invoking '${method}' on the server. HubException: ${code}: `),
  });

  test.each([
    ['Send', ['room-1', 'hi', 'my-id'], { result: { id: 'm-hi', epoch: 1, seq: 1, postedAt: 1_700_000_000_000 } }],
    ['SEND', ['room-1', 'hi'], { result: { id: 'm-hi' } }],
    ['send', [roomId(1), 'hi', null], { result: { id: 'm-hi' } }],
    ['Send', ['Home/ROOM-1', 'hi'], { result: { id: 'm-hi' } }],
    ['Send', [], refused('Send', 'not-found')],
    ['Send', ['room-3', 'hi'], refused('Send', 'not-found')],
    ['Send', [7, 'hi'], refused('Send', 'not-found')],
    ['Send', ['room-1', ''], refused('Send', 'text-empty')],
    ['Join', ['room-1'], { result: { cursor: cursorAt(1, 0) } }],
    ['Join', ['room-3'], refused('Join', 'not-found')],
    ['Join', ['room-1', 'no cursor'], refused('Join', 'invalid-params')],
    ['Join', ['room-1', 7], refused('Join', 'invalid-params')],
    ['Join', ['room-1', cursorAt(2, 0)], refused('Join', 'invalid-params')],
    ['Join', ['room-1', ['x'.repeat(200_000)]], refused('Join', 'invalid-params')],
    ['Leave', ['room-1'], { result: null }],
    ['Leave', ['room-3'], refused('Leave', 'not-found')],
    ['Command', ['presence.set', { state: 'away' }], { result: {} }],
    ['Command', ['room.show', { room: roomId(1) }], { result: { room: roomId(1) } }],
    ['Command', ['no.such', {}], refused('Command', 'unknown-command')],
    ['Command', ['log.listen', { logs: [] }], refused('Command', 'unknown-command')],
    ['Command', ['log.unlisten', { logs: [] }], refused('Command', 'unknown-command')],
    ['Command', ['connection.hello', { versions: [1] }], refused('Command', 'unknown-command')],
    ['Command', [7], refused('Command', 'invalid-params')],
    [
      'Events',
      [],
      { error: "The client attempted to invoke the streaming 'Events' method with a non-streaming invocation." },
    ],
    ['Nothing', [], { error: "Unknown hub method 'Nothing'" }],
    ['__proto__', [], { error: "Unknown hub method '__proto__'" }],
  ] as [string, unknown[], object][])('%s%j is answered', async (target, given, answer) => {
    expect(await (await enter()).call(target, ...given)).toMatchObject(answer);
  });

  test('without an id are never answered, whatever comes of them', async () => {
    const client = await enter();
    for (const [target, ...given] of [['Send', 'room-1', 'hi'], ['Send', 'room-3', 'hi'], ['Nothing'], ['Events']]) {
      client.send({ type: 1, target: String(target), arguments: given });
    }
    expect(await client.call('Leave', 'room-1')).toMatchObject({ result: null });
    expect(client.received.filter(({ type }) => type === 3)).toHaveLength(1);
    expect(gateway.domain.executed.filter(({ command }) => command === 'message.post')).toHaveLength(1);
  });

  test('with streams of the client are refused', async () => {
    const client = await enter();
    client.send({ type: 1, invocationId: '1', target: 'Send', arguments: ['room-1'], streamIds: ['7'] });
    expect(await client.completion('1')).toMatchObject({ error: expect.stringContaining('Client sent 1 stream(s)') });
    client.send({ type: 2, invocationId: '7', item: 1 }, { type: 3, invocationId: '7' });
    expect(await client.call('Leave', 'room-1')).toMatchObject({ result: null });
  });

  test('[C3] beyond those that may be open are refused', async () => {
    const client = await enter();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    gateway.domain.hold = (question) => (question === 'execute' ? held : undefined);
    for (let index = 0; index < 65; index += 1) {
      client.send({ type: 1, invocationId: `${index}`, target: 'Send', arguments: ['room-1', `${index}`] });
    }
    expect(await client.completion('64')).toMatchObject(refused('Send', 'too-many-in-flight'));
    letGo();
    expect(await client.completion('63')).toMatchObject({ result: { seq: 64 } });
  });
});

describe('what is told', () => {
  test('of all rooms and of the inbox to who asks for nothing, from the moment of connecting', async () => {
    const client = await enter();
    gateway.post(1, 'a');
    gateway.post(2, 'b');
    gateway.post(3, 'not theirs');
    await gateway.time.settle();
    expect(client.received).toEqual([]);
    await gateway.time.advance(1_000);
    await until(() => client.texts.length === 2);
    gateway.addTo(3, ada);
    await until(() => client.calls('inbox.room-added').length === 1);
    gateway.post(3, 'theirs now');
    gateway.type(1);
    await until(() => client.calls('typing.changed').length === 1 && client.texts.length === 3);
    expect(client.texts.toSorted()).toEqual(['a', 'b', 'theirs now']);
    gateway.removeFrom(3, ada);
    gateway.post(3, 'not theirs any more');
    await until(() => client.calls('inbox.room-removed').length === 1);
    await settled(client);
    expect(client.texts).toHaveLength(3);
    expect(client.calls('log.closed')).toEqual([
      { event: 'log.closed', data: { log: roomLog(roomId(3)), reason: 'forbidden' } },
    ]);
  });

  test('at once to who calls anything else, so that it hears its own messages', async () => {
    const client = await enter();
    await client.call('Send', 'room-1', 'own');
    await until(() => client.texts.length === 1);
  });

  test('of joined rooms only, in the order in which it was asked', async () => {
    const client = await enter();
    client.send(
      { type: 1, target: 'Join', arguments: ['room-2'] },
      { type: 1, target: 'Send', arguments: ['room-2', 'after the join'] },
    );
    await until(() => client.texts.length === 1);
    gateway.post(1, 'not joined');
    await gateway.time.advance(5_000);
    gateway.post(2, 'joined');
    await until(() => client.texts.length === 2);
    expect(client.texts).toEqual(['after the join', 'joined']);
  });

  test('[L7] from a cursor on, however much it is, and then live', async () => {
    for (let index = 1; index <= 1_200; index += 1) gateway.post(1, `${index}`);
    const client = await enter();
    const joined = client.call('Join', 'room-1', cursorAt(1, 100));
    for (let index = 1_201; index <= 1_210; index += 1) gateway.post(1, `${index}`);
    expect(await joined).toMatchObject({ result: { cursor: expect.any(String) } });
    gateway.post(1, '1211');
    await until(() => client.texts.at(-1) === '1211');
    expect(client.texts).toEqual(Array.from({ length: 1_111 }, (_, index) => `${index + 101}`));
  });

  test('with the cursor that the next Join goes on from', async () => {
    const first = await enter();
    await first.call('Join', 'room-1');
    gateway.post(1, 'a');
    gateway.post(1, 'b');
    await until(() => first.texts.length === 2);
    const [{ cursor }] = first.calls('message') as [{ cursor: string }];
    const second = await enter();
    await second.call('Join', 'room-1', cursor);
    expect(second.texts).toEqual(['b']);
  });

  test('no more of other rooms after a Join, and of this one without a hole', async () => {
    const client = await enter();
    await gateway.time.advance(1_000);
    gateway.post(1, 'a');
    gateway.post(2, 'b');
    await until(() => client.texts.length === 2);
    await client.call('Join', 'room-1');
    gateway.post(2, 'not told');
    gateway.post(1, 'told');
    await until(() => client.texts.length === 3);
    await settled(client);
    expect(client.texts.toSorted()).toEqual(['a', 'b', 'told']);
  });

  test('of all rooms but those that were left', async () => {
    const client = await enter();
    await client.call('Leave', 'room-1');
    gateway.post(1, 'left');
    gateway.post(2, 'stayed');
    await until(() => client.texts.length === 1);
    await settled(client);
    expect(client.texts).toEqual(['stayed']);
    await client.call('Join', 'room-1');
    gateway.post(1, 'again');
    await until(() => client.texts.length === 2);
  });

  test('of a rewritten log only that it is another one, and what follows in it', async () => {
    gateway.post(1, 'old');
    const client = await enter();
    expect(await client.call('Join', 'room-1', cursorAt(1, 1, 7))).toMatchObject({
      result: { cursor: cursorAt(1, 1) },
    });
    expect(client.calls('log.closed')).toEqual([
      { event: 'log.closed', data: { log: roomLog(roomId(1)), reason: 'epoch' } },
    ]);
    await gateway.time.settle();
    gateway.post(1, 'new');
    await until(() => client.texts.length === 1);
    expect(client.texts).toEqual(['new']);
  });

  test('from the cursor of the address on in all rooms, those included that were added since', async () => {
    const inbox = `inbox:${ada}` as LogId;
    const cursor = encodeCursor(
      new Map([
        [roomLog(roomId(1)), { epoch: 1, seq: 1 }],
        [roomLog(roomId(2)), { epoch: 1, seq: 0 }],
        [inbox, { epoch: 1, seq: 0 }],
      ]),
    );
    gateway.post(1, 'told before');
    gateway.post(1, 'a');
    gateway.post(3, 'before it was added');
    gateway.addTo(3, ada);
    gateway.post(3, 'b');
    const { body } = await negotiate(gateway, token, `negotiateVersion=1&cursor=${cursor}`);
    const client = await RawClient.enter(gateway, token, `id=${body.connectionToken}`);
    await gateway.time.advance(1_000);
    gateway.post(2, 'c');
    await until(() => client.texts.length === 3);
    expect(client.texts).toEqual(['a', 'b', 'c']);
  });
});

describe('a stream of events', () => {
  const stream = (client: RawClient, options: unknown, invocationId = 's') =>
    client.send({ type: 4, invocationId, target: 'Events', arguments: options === undefined ? [] : [options] });
  const said = (client: RawClient, invocationId = 's') =>
    client.items(invocationId).map(({ event, data }) => data?.text ?? event);

  test('begins with where everything stands, and tells of all rooms and the inbox; the methods are not called', async () => {
    const client = await enter();
    stream(client, undefined);
    await until(() => client.items('s').length === 1);
    expect(client.items('s')[0]).toEqual({ event: 'stream.opened', cursor: expect.any(String) });
    gateway.post(1, 'a');
    gateway.addTo(3, ada);
    await until(() => client.items('s').length === 3);
    gateway.post(3, 'b');
    gateway.type(2);
    await until(() => client.items('s').length === 5);
    expect(said(client).toSorted()).toEqual(['a', 'b', 'inbox.room-added', 'stream.opened', 'typing.changed']);
    await gateway.time.advance(5_000);
    expect(client.received.every(({ type }) => type === 2)).toBe(true);
  });

  test('[L7] goes on from the first cursor and the last of each log', async () => {
    const client = await enter();
    stream(client, { rooms: ['room-1', 'room-2'] });
    await until(() => client.items('s').length === 1);
    gateway.post(1, 'a');
    gateway.post(2, 'b');
    gateway.post(1, 'c');
    await until(() => client.items('s').length === 4);
    const last = new Map(client.items('s').map((item) => [(item as { log?: string }).log, item.cursor]));
    client.webSocket.terminate();
    for (const [room, text] of [
      [1, 'd'],
      [2, 'e'],
      [2, 'f'],
    ] as const)
      gateway.post(room, text);
    const again = await enter();
    stream(again, { rooms: ['room-1', 'room-2'], after: [...last.values()].reverse() });
    await until(() => again.items('s').length === 4);
    expect(said(again)[0]).toBe('stream.opened');
    expect(said(again).slice(1).toSorted()).toEqual(['d', 'e', 'f']);
  });

  test('of one room tells beside another one and beside the methods, each from its own place', async () => {
    for (let index = 1; index <= 700; index += 1) gateway.post(1, `${index}`);
    const client = await enter();
    await client.call('Join', 'room-1', cursorAt(1, 690));
    stream(client, { rooms: ['room-1'], after: cursorAt(1, 0) }, 'all');
    stream(client, { rooms: ['room-1'] }, 'new');
    await until(() => client.items('all').length === 701 && client.items('new').length === 1);
    gateway.post(1, '701');
    await until(() => client.items('all').length === 702);
    await settled(client);
    const numbers = (from: number) => Array.from({ length: 701 - from }, (_, index) => `${from + index + 1}`);
    expect(said(client, 'all').slice(1)).toEqual(numbers(0));
    expect(said(client, 'new').slice(1)).toEqual(['701']);
    expect(client.texts).toEqual(numbers(690));
  });

  test('ends when it is cancelled, and the others go on', async () => {
    const client = await enter();
    for (const id of ['1', '2']) stream(client, { rooms: ['room-1'] }, id);
    await until(() => client.items('1').length + client.items('2').length === 2);
    client.send({ type: 5, invocationId: '1' });
    expect(await client.completion('1')).toEqual({ type: 3, invocationId: '1' });
    gateway.post(1, 'a');
    await until(() => client.items('2').length === 2);
    expect(client.items('1')).toHaveLength(1);
    // Cancelled once more, or never there: nothing to say.
    client.send({ type: 5, invocationId: '1' }, { type: 5, invocationId: 'unknown' });
    await settled(client);
    expect(client.received.filter(({ type }) => type === 3)).toHaveLength(2);
  });

  test('that is cancelled before it has begun says nothing', async () => {
    const client = await enter();
    stream(client, undefined);
    client.send({ type: 5, invocationId: 's' });
    await client.completion('s');
    gateway.post(1, 'a');
    await settled(client);
    expect(client.items('s')).toEqual([]);
  });

  test.each([
    ['a room of others', { rooms: ['room-3'] }, 'not-found'],
    ['rooms that are no list', { rooms: 'room-1' }, 'invalid-params'],
    ['rooms that are no texts', { rooms: [7] }, 'invalid-params'],
    ['options that are no object', 'room-1', 'invalid-params'],
    ['a cursor that is none', { after: 'no' }, 'invalid-params'],
    ['cursors that are no texts', { after: [7] }, 'invalid-params'],
  ])('of %s is refused', async (_, options, code) => {
    const client = await enter();
    stream(client, options);
    expect(await client.completion('s')).toMatchObject({ error: expect.stringContaining(`HubException: ${code}:`) });
    stream(client, { rooms: ['room-1'] });
    await until(() => client.items('s').length === 1);
  });

  test('is one of so many on a connection', async () => {
    await gateway.close();
    gateway = await OpenGateway.open({ limits: { streams: 2 } });
    token = gateway.signIn(ada);
    const client = await enter();
    for (const id of ['1', '2', '3']) stream(client, undefined, id);
    expect(await client.completion('3')).toMatchObject({ error: expect.stringContaining('limit-reached') });
    client.send({ type: 5, invocationId: '1' });
    await client.completion('1');
    stream(client, undefined, '4');
    await until(() => client.items('4').length === 1);
  });

  test('with the id of another one is against the protocol', async () => {
    const client = await enter();
    stream(client, undefined);
    stream(client, undefined);
    await until(() => client.closeCode !== undefined);
    expect(client.received.at(-1)).toEqual({ type: 7, error: 'malformed' } satisfies HubMessage);
  });

  test('of a room that the person is removed from tells that, as its last', async () => {
    const client = await enter();
    stream(client, { rooms: ['room-1'] });
    await until(() => client.items('s').length === 1);
    gateway.removeFrom(1, ada);
    gateway.post(1, 'not theirs');
    await until(() => client.items('s').length === 2);
    await settled(client);
    expect(said(client)).toEqual(['stream.opened', 'log.closed']);
  });

  test('does not start a method call: it is asked for as a stream', async () => {
    const client = await enter();
    client.send({ type: 4, invocationId: 's', target: 'Send', arguments: ['room-1', 'a'] });
    expect(await client.completion('s')).toMatchObject({
      error: expect.stringContaining("non-streaming 'Send' method with a streaming"),
    });
    expect(gateway.domain.executed.map(({ command }) => command)).not.toContain('message.post');
  });
});
