import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ada, bob, roomId, spaces } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { RawPoller, RawSocket } from './testing/raw-clients.ts';

/** Socket.IO's protocol, version 5, packet by packet: https://socket.io/docs/v4/socket-io-protocol/ */

let gateway: OpenGateway;
let token: string;
beforeAll(async () => {
  gateway = await OpenGateway.open({
    limits: { frameBytes: 64 * 1024, attachmentBytes: 1_000, namespaces: 3, rooms: 3, closingMs: 50 },
  });
  token = gateway.signIn(ada);
});
afterAll(() => gateway.close());

const signedIn = () => ({ token });
const unsigned = 'token-of-nobody'.padEnd(24, '.');

/** A socket's answer to an event with an acknowledgement. */
async function answerTo(socket: RawSocket, id: number, packet: string, ...attachments: Uint8Array[]) {
  socket.send(packet, ...attachments);
  return JSON.parse((await socket.heard(`43${id}[`)).slice(`43${id}`.length))[0];
}

describe('a CONNECT packet', () => {
  const accepted: [string, string, () => object][] = [
    ['of everything one is in', '', signedIn],
    ['of a space by id', `/${spaces[0]?.id},`, signedIn],
    ['of a space by name, whatever its case', '/HOME,', signedIn],
    ['of a space as a browser writes it', '/Team%20%C3%84,', signedIn],
    ['of a space as it is written', '/Team Ä,', signedIn],
    ['with a room by name', '', () => ({ token, room: 'room-1' })],
    ['with rooms by id and name', '', () => ({ token, rooms: [roomId(1), 'Home/room-2'] })],
    ['with a room of the space', '/home,', () => ({ token, room: 'room-1' })],
    ['with properties that nobody knows', '', () => ({ token, colour: 'blue' })],
    ['with a pid and an offset of another server', '', () => ({ token, pid: 'abc', offset: 'def' })],
    ['with a pid that is a number', '', () => ({ token, pid: 1, offset: {} })],
  ];

  test.each(accepted)('%s is accepted, over WebSocket', async (_, namespace, auth) => {
    const socket = await RawSocket.open(gateway.url);
    socket.send(`40${namespace}${JSON.stringify(auth())}`);
    const packet = await socket.heard(`40${namespace}`);
    expect(JSON.parse(packet.slice(`40${namespace}`.length))).toEqual({
      sid: expect.stringMatching(/^[A-Za-z0-9_-]{20}$/),
      pid: expect.stringMatching(/^0\.[A-Za-z0-9_-]+$/),
    });
    socket.cut();
  });

  test.each(accepted)('%s is accepted, over polling', async (_, namespace, auth) => {
    const poller = await RawPoller.open(gateway.url);
    await poller.send(`40${namespace}${JSON.stringify(auth())}`);
    await poller.pollFor(`40${namespace}`);
    await poller.send('1');
  });

  test('whose token came with the first request needs none of its own', async () => {
    const socket = await RawSocket.open(gateway.url, { authorization: token });
    socket.send('40');
    await socket.heard('40');
    socket.cut();
  });

  const refused: [string, string, () => unknown, string][] = [
    ['[H4] without a token', '', () => undefined, 'unauthenticated'],
    ['[H4] with an empty token', '', () => ({ token: '' }), 'unauthenticated'],
    ['[H4] with a token of nobody', '', () => ({ token: unsigned }), 'unauthenticated'],
    ['with a token that is a number', '', () => ({ token: 1 }), 'invalid-params'],
    ['with a token that is an object', '', () => ({ token: { a: 1 } }), 'invalid-params'],
    ['[X3] of a space that is not there', '/nowhere,', signedIn, 'not-found'],
    ['[X3] of a space that is not there, without a token', '/nowhere,', () => ({}), 'unauthenticated'],
    ['with an id and nothing else', '1', () => undefined, 'unauthenticated'],
    ['of a namespace named __proto__', '/__proto__,', signedIn, 'not-found'],
    ['of a namespace with a broken escape', '/%E0%A4%A,', signedIn, 'not-found'],
    ['of a namespace with too long a name', `/${'x'.repeat(300)},`, signedIn, 'not-found'],
    ['[L11] with a room of others', '', () => ({ token, room: roomId(3) }), 'not-found'],
    ['with a room that is not there', '', () => ({ token, rooms: ['room-1', 'nowhere'] }), 'not-found'],
    ['with a room of another space', '/home,', () => ({ token, room: 'room-100' }), 'not-found'],
    ['with a room that is a number', '', () => ({ token, room: 1 }), 'invalid-params'],
    ['with a room without a name', '', () => ({ token, room: '' }), 'invalid-params'],
    ['with rooms that are no list', '', () => ({ token, rooms: { a: 1 } }), 'invalid-params'],
    ['with rooms that are no names', '', () => ({ token, rooms: ['room-1', 2] }), 'invalid-params'],
    ['with too many rooms', '', () => ({ token, rooms: ['a', 'b', 'c', 'd'] }), 'invalid-params'],
  ];

  test.each(refused)('%s is refused with its code', async (_, namespace, auth, code) => {
    const socket = await RawSocket.open(gateway.url);
    socket.send(`40${namespace}${JSON.stringify(auth()) ?? ''}`);
    const error = JSON.parse((await socket.heard(`44${namespace.replace('1', '')}`)).replace(/^44[^{]*/, ''));
    expect(error).toEqual({ message: expect.any(String), data: expect.objectContaining({ code }) });
    expect(JSON.stringify(error)).not.toContain(unsigned);
    // It may still enter another one.
    socket.send(`40${JSON.stringify({ token })}`);
    await socket.heard('40{');
    socket.cut();
  });

  test.each([
    ['that is no JSON', '40{"token'],
    ['that is a list', '40[1]'],
    ['that is a text', '40"token"'],
    ['that is null', '40null'],
  ])('%s ends the connection', async (_, packet) => {
    const socket = await RawSocket.open(gateway.url);
    socket.send(packet);
    await until(() => socket.closed);
  });

  test('of a namespace that one is in ends the connection', async () => {
    const socket = await RawSocket.connect(gateway.url, token);
    socket.send(`40${JSON.stringify({ token })}`);
    await until(() => socket.closed);
  });

  test('twice at once is one socket', async () => {
    const socket = await RawSocket.open(gateway.url);
    const packet = `40${JSON.stringify({ token })}`;
    socket.send(packet, packet);
    expect(await socket.heard('44')).toContain('limit-reached');
    await socket.heard('40');
    expect(socket.packets.filter((each) => each.startsWith('40'))).toHaveLength(1);
    socket.cut();
  });

  test('of more namespaces than a connection may have is refused', async () => {
    const socket = await RawSocket.open(gateway.url);
    for (const namespace of ['', '/Home,', '/home,']) {
      socket.send(`40${namespace}${JSON.stringify({ token })}`);
      await socket.heard(`40${namespace}{`);
    }
    socket.send(`40/HOME,${JSON.stringify({ token })}`);
    expect(await socket.heard('44/HOME,')).toContain('limit-reached');
    socket.cut();
  });
});

describe('an EVENT packet', () => {
  test.each<[string, string, object]>([
    ['posts', '["message",{"room":"room-1","text":"a"}]', { ok: true, id: 'm-a', seq: expect.any(Number), epoch: 1 }],
    ['posts by its own name', '["message.post",{"room":"ROOM","clientId":"c-1","text":"b"}]', { ok: true }],
    ['reaches a command', '["command","connection.ping",{}]', { ok: true, result: { serverTime: expect.any(Number) } }],
    ['reaches a command without parameters', '["command","connection.ping"]', { ok: true }],
    ['joins', '["join","room-2"]', { ok: true, room: roomId(2) }],
    ['leaves', '["leave","room-2"]', { ok: true, room: roomId(2) }],
    ['[C5] without text is refused', '["message",{"room":"room-1","text":""}]', { code: 'text-empty' }],
    ['[L11] to a room of others is refused', `["message",{"room":"${roomId(3)}","text":"a"}]`, { code: 'not-found' }],
    ['to a room that is not there is refused', '["message",{"room":"nowhere","text":"a"}]', { code: 'not-found' }],
    ['without a room is refused', '["message","hello"]', { code: 'invalid-params', path: 'room' }],
    ['without anything is refused', '["message"]', { code: 'invalid-params', path: 'message' }],
    ['with a list is refused', '["message",["a"]]', { code: 'invalid-params', path: 'message' }],
    ['with a number as text is refused', '["message",{"text":1}]', { code: 'invalid-params', path: 'text' }],
    ['with more than is known is refused', '["message",{"text":"a","to":1}]', { code: 'invalid-params', path: 'to' }],
    ['with a bad send id is refused', '["message",{"text":"a","clientId":"ü"}]', { path: 'clientId' }],
    [
      'with too long a send id is refused',
      `["message",{"text":"a","clientId":"${'x'.repeat(65)}"}]`,
      { path: 'clientId' },
    ],
    ['with a room that is a list is refused', '["message",{"text":"a","room":[]}]', { path: 'room' }],
    ['joining a room of others is refused', `["join","${roomId(3)}"]`, { code: 'not-found' }],
    ['joining nothing is refused', '["join"]', { code: 'invalid-params', path: 'room' }],
    ['leaving an object is refused', '["leave",{}]', { code: 'invalid-params', path: 'room' }],
    ['of an unknown command is refused', '["command","room.explode",{}]', { code: 'unknown-command' }],
    ['of a command without a name is refused', '["command"]', { code: 'invalid-params', path: 'name' }],
    ['of a command with bad parameters is refused', '["command","log.read",{"log":1}]', { code: 'invalid-params' }],
    ['that nobody knows is refused', '["message.burn",{"event":"x"}]', { code: 'unknown-command' }],
    ['named constructor is refused', '["constructor"]', { code: 'unknown-command' }],
    ['named by a number is refused', '[7,"x"]', { code: 'invalid-params', path: 'event' }],
    [
      'that would take a followed log away is refused',
      `["log.listen",{"logs":[{"log":"room:${roomId(1)}","level":"passive"}]}]`,
      { code: 'invalid-params', path: 'logs' },
    ],
    ['nested too deeply is refused', `["log.read",${'['.repeat(500)}${']'.repeat(500)}]`, { path: 'params' }],
  ])('%s', async (_, args, expected) => {
    const socket = await RawSocket.connect(gateway.url, token);
    const answer = await answerTo(socket, 7, `427${args.replace('ROOM', roomId(1))}`);
    const { ok, error } = answer;
    expect(ok).toBe('ok' in expected);
    expect(ok ? answer : { ...error, ...error.details }).toMatchObject(expected);
    expect(socket.closed).toBe(false);
    socket.cut();
  });

  test.each([
    ['that is no JSON', '42["message"'],
    ['that is no list', '42{"message":1}'],
    ['without a name', '42[]'],
    ['named by an object', '42[{}]'],
    ['with a name that the library keeps for itself', '42["disconnect"]'],
    ['with a name of the emitter', '42["newListener"]'],
    ['of a namespace that one is not in', '42/home,["message","x"]'],
    ['that a server sends', '44{"message":"x"}'],
    ['of an unknown type', '47["x"]'],
    ['with the letters of a number', '4x'],
    ['that announces pieces without a number', '45-["x"]'],
    ['that announces no pieces', '450-["x"]'],
    ['that announces too many pieces', '455-["message",{"_placeholder":true,"num":0}]'],
    ['that announces many pieces', '4599999-["x"]'],
  ])('%s ends the connection', async (_, packet) => {
    const socket = await RawSocket.connect(gateway.url, token);
    socket.send(packet);
    await until(() => socket.closed);
  });

  test('without an acknowledgement that is refused says nothing', async () => {
    const socket = await RawSocket.connect(gateway.url, token);
    socket.send('42["nobody knows"]');
    expect(await answerTo(socket, 1, '421["connection.ping"]')).toMatchObject({ ok: true });
    expect(socket.packets.filter((each) => !each.startsWith('0'))).toHaveLength(2);
    socket.cut();
  });

  test('[C2] [C3] many at once are answered by their ids, in the order of the log', async () => {
    const socket = await RawSocket.connect(gateway.url, token, '', { room: 'room-1' });
    const ids = Array.from({ length: 50 }, (_, id) => id);
    for (const id of ids) socket.send(`42${id}["message","many ${id}"]`);
    const answers = await Promise.all(ids.map((id) => socket.heard(`43${id}[`)));
    const seqs = answers.map((each) => JSON.parse(each.slice(each.indexOf('[')))[0].seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(socket.packets.filter((each) => each.includes('"many '))).toHaveLength(50);
    socket.cut();
  });
});

describe('a packet with binary pieces', () => {
  test('where a text is expected is refused', async () => {
    const socket = await RawSocket.connect(gateway.url, token);
    const packet = '451-3["message",{"room":"room-1","text":{"_placeholder":true,"num":0}}]';
    const answer = await answerTo(socket, 3, packet, new Uint8Array([1, 2]));
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-params', details: { path: 'text' } } });
    socket.cut();
  });

  test('as a message is refused', async () => {
    const socket = await RawSocket.connect(gateway.url, token, '', { room: 'room-1' });
    const answer = await answerTo(socket, 3, '451-3["message",{"_placeholder":true,"num":0}]', new Uint8Array(3));
    expect(answer.error.details.problem).toBe('binary, not a text');
    socket.cut();
  });

  test('in parameters is refused', async () => {
    const socket = await RawSocket.connect(gateway.url, token);
    const packet = '452-3["typing.set",{"a":[{"_placeholder":true,"num":1}]}]';
    const answer = await answerTo(socket, 3, packet, new Uint8Array(3), new Uint8Array(3));
    expect(answer.error.details).toEqual({ path: 'params', problem: 'binary, not JSON' });
    socket.cut();
  });

  test('over polling is refused as well', async () => {
    const poller = await RawPoller.open(gateway.url);
    await poller.send(`40${JSON.stringify({ token })}`);
    await poller.pollFor('40');
    await poller.send('451-3["message",{"_placeholder":true,"num":0}]\x1ebAQID');
    expect(await poller.pollFor('433')).toContain('invalid-params');
  });

  test.each<[string, (string | Uint8Array)[]]>([
    ['that are larger than may be', ['451-["x",{"_placeholder":true,"num":0}]', new Uint8Array(1_001)]],
    ['that are together larger than may be', ['453-["x"]', new Uint8Array(600), new Uint8Array(600)]],
    ['with a text between them', ['452-["x"]', new Uint8Array(1), '42["x"]']],
    ['that it does not have', ['451-["x",{"_placeholder":true,"num":5}]', new Uint8Array(1)]],
    ['numbered by a text', ['451-["x",{"_placeholder":true,"num":"splice"}]', new Uint8Array(1)]],
    ['nested beyond measure', [`451-["x",${'['.repeat(30_000)}${']'.repeat(30_000)}]`, new Uint8Array(1)]],
  ])('%s ends the connection', async (_, packets) => {
    const socket = await RawSocket.connect(gateway.url, token);
    socket.send(...packets);
    await until(() => socket.closed);
  });
});

describe('an ACK packet', () => {
  test.each(['430[]', '43999["x"]', '43[1]', '461-0[{"_placeholder":true,"num":0}]'])(
    '%s of nothing that was asked changes nothing',
    async (packet) => {
      const socket = await RawSocket.connect(gateway.url, token);
      socket.send(packet);
      if (packet.startsWith('46')) socket.send(new Uint8Array(1));
      expect(await answerTo(socket, 1, '421["connection.ping"]')).toMatchObject({ ok: true });
      socket.cut();
    },
  );

  test.each(['43{}', '43"x"', '430nonsense'])('%s ends the connection', async (packet) => {
    const socket = await RawSocket.connect(gateway.url, token);
    socket.send(packet);
    await until(() => socket.closed);
  });
});

describe('a DISCONNECT packet', () => {
  test('of the only namespace ends the connection', async () => {
    const socket = await RawSocket.connect(gateway.url, token);
    socket.send('41');
    await until(() => socket.closed);
  });

  test('of one namespace leaves the others', async () => {
    const socket = await RawSocket.connect(gateway.url, token);
    socket.send(`40/home,${JSON.stringify({ token })}`);
    await socket.heard('40/home,');
    socket.send('41/home,');
    gateway.post(2, 'still here');
    expect(await socket.heard('42["message",{"id":"m-still here"')).toContain('"seq":');
    expect(await answerTo(socket, 1, '421["connection.ping"]')).toMatchObject({ ok: true });
    expect(socket.packets.filter((each) => each.startsWith('42/home,'))).toEqual([]);
    socket.cut();
  });

  test('with something in it ends the connection', async () => {
    const socket = await RawSocket.connect(gateway.url, token);
    socket.send('41["x"]');
    await until(() => socket.closed);
  });
});

test('an event is the same bytes for all who hear the same room, whoever and wherever they are', async () => {
  const sockets = [
    await RawSocket.connect(gateway.url, token, '', { room: 'room-1' }),
    await RawSocket.connect(gateway.url, gateway.signIn(bob), '', { room: 'room-1' }),
    await RawSocket.connect(gateway.url, token),
  ];
  gateway.post(1, 'for all');
  const packets = await Promise.all(sockets.map((socket) => socket.heard('42["message",{"id":"m-for all"')));
  expect(new Set(packets).size).toBe(1);
  for (const socket of sockets) socket.cut();
});
