import { randomUUID } from 'node:crypto';
import type { RoomId } from '@confab/protocol';
import { HttpTransportType, type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RoundRobin } from '../testing/round-robin.ts';
import { TwoNodes } from '../testing/two-nodes.ts';

/** Every request of a client goes to another node than the one before: what lives on one of them is found all the same. */
let nodes: TwoNodes;
let proxy: RoundRobin;
let token: string;
let room: RoomId;
const endings: (() => unknown)[] = [];
beforeAll(async () => {
  nodes = await TwoNodes.open();
  proxy = await RoundRobin.open(nodes.one.url, nodes.other.url);
  ({ token, room } = nodes.owner);
});
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
afterAll(async () => {
  await proxy.close();
  await nodes.close();
});

const headers = () => ({ authorization: `Bearer ${token}` });
const post = (text: string, node = nodes.other) =>
  node.ask('message.post', { room, text, clientId: randomUUID() as never }, token);

async function until(condition: () => boolean, what: () => unknown = () => ''): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain: ${JSON.stringify(what())}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

interface Polled {
  readonly connection: string;
  readonly next: number;
  readonly frames: { event?: string; reply?: number; data?: { text?: string } }[];
}

describe('[D6] a polled connection', () => {
  const connections = '/api/v1/connections';
  const hello = '{"id":1,"command":"connection.hello","params":{"versions":[1]}}';
  const listen = () => `{"id":2,"command":"log.listen","params":{"logs":[{"log":"room:${room}","level":"live"}]}}`;

  it('is polled, asked and left at whichever node', async () => {
    const open = {
      method: 'POST',
      headers: { ...headers(), accept: 'application/json' },
      body: `${hello}\n${listen()}`,
    };
    const opened = (await (await fetch(`${nodes.one.url}${connections}`, open)).json()) as Polled;
    expect(opened.connection).toMatch(new RegExp(`^${nodes.one.node}\\.`));
    const heard: string[] = [];
    let { next } = opened;
    for (let turn = 0; turn < 10; turn += 1) {
      const { url } = turn % 2 ? nodes.one : nodes.other;
      await post(`text ${turn}`, turn % 2 ? nodes.other : nodes.one);
      while (!heard.includes(`text ${turn}`)) {
        const poll = `${url}${connections}/${opened.connection}?after=${next}&wait=20`;
        const response = await fetch(poll, { headers: headers() });
        expect(response.status).toBe(200);
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
        const polled = (await response.json()) as Polled;
        ({ next } = polled);
        for (const { event, data } of polled.frames) if (event === 'message.posted') heard.push(data?.text ?? '');
      }
    }
    expect(heard).toEqual(Array.from({ length: 10 }, (_, index) => `text ${index}`));
    const frames = `${nodes.other.url}${connections}/${opened.connection}/frames`;
    const sent = await fetch(frames, {
      method: 'POST',
      headers: headers(),
      body: '{"id":9,"command":"connection.ping"}',
    });
    expect(sent.status).toBe(204);
    const left = await fetch(`${nodes.other.url}${connections}/${opened.connection}`, {
      method: 'DELETE',
      headers: headers(),
    });
    expect(left.status).toBe(204);
    const again = await fetch(`${nodes.one.url}${connections}/${opened.connection}?after=0`, { headers: headers() });
    expect(again.status).toBe(404);
  });

  it.each(['zzzzzzzz.secret', 'secret', 'zzzzzzzz.'])('of no living node is not found: %s', async (id) => {
    const response = await fetch(`${nodes.one.url}${connections}/${id}?after=0`, { headers: headers() });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not-found' } });
  });

  it('of somebody else is not found through another node either', async () => {
    const open = { method: 'POST', headers: { ...headers(), accept: 'application/json' }, body: hello };
    const { connection } = (await (await fetch(`${nodes.one.url}${connections}`, open)).json()) as Polled;
    const stranger = await fetch(`${nodes.other.url}${connections}/${connection}?after=0`);
    expect(stranger.status).toBe(404);
  });
});

describe('Socket.IO', () => {
  function connect(transports: ('polling' | 'websocket')[]): Socket {
    const options = { auth: { token, room }, transports, forceNew: true, reconnection: false };
    const socket = io(proxy.url, options);
    endings.push(() => socket.disconnect());
    return socket;
  }

  it.each([
    ['polling', ['polling']],
    ['polling that becomes a WebSocket', ['polling', 'websocket']],
    ['a WebSocket', ['websocket']],
  ] as const)('over %s speaks with whichever node', async (_, transports) => {
    const before = [...proxy.counts];
    const socket = connect([...transports]);
    const heard: string[] = [];
    socket.on('message', (message: { text: string }) => heard.push(message.text));
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    if (transports.length === 2) await until(() => socket.io.engine.transport.name === 'websocket');
    const texts = Array.from({ length: 6 }, (_each, index) => `${transports.join()} ${index}`);
    for (const [index, text] of texts.entries()) {
      if (index % 2) await post(text, index % 4 === 1 ? nodes.one : nodes.other);
      else await socket.emitWithAck('message', { text, clientId: randomUUID() });
    }
    await until(
      () => heard.length >= texts.length,
      () => heard,
    );
    expect(heard).toEqual(texts);
    if (transports[0] === 'polling')
      expect(proxy.counts.every((count, index) => count > (before[index] ?? 0))).toBe(true);
  });
});

describe('SignalR', () => {
  async function start(transport: HttpTransportType): Promise<HubConnection> {
    const connection = new HubConnectionBuilder()
      .withUrl(`${proxy.url}/signalr`, { accessTokenFactory: () => token, transport })
      .configureLogging(LogLevel.None)
      .build();
    endings.push(() => connection.stop());
    await connection.start();
    return connection;
  }

  it.each([
    ['WebSockets', HttpTransportType.WebSockets],
    ['server-sent events', HttpTransportType.ServerSentEvents],
    ['long polling', HttpTransportType.LongPolling],
  ])('negotiates with one node and connects to another over %s', async (name, transport) => {
    const connection = await start(transport);
    for (let index = 0; index < 4; index += 1) {
      const params = { room, text: `${name} ${index}`, clientId: randomUUID() };
      expect(await connection.invoke('Command', 'message.post', params)).toMatchObject({ seq: expect.any(Number) });
    }
  });
});

describe('GraphQL over server-sent events', () => {
  it('reserves a stream at one node, opens it at another, and asks for more at either', async () => {
    const stream = '/graphql/stream';
    const reserved = await fetch(`${nodes.one.url}${stream}`, { method: 'PUT', headers: headers() });
    expect(reserved.status).toBe(201);
    const reservation = await reserved.text();
    const given = { ...headers(), 'x-graphql-event-stream-token': reservation };
    const plug = new AbortController();
    endings.push(() => plug.abort());
    const accept = { ...given, accept: 'text/event-stream' };
    const opened = await fetch(`${nodes.other.url}${stream}`, { headers: accept, signal: plug.signal });
    expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    let told = '';
    void (async () => {
      for await (const chunk of opened.body ?? []) told += Buffer.from(chunk).toString();
    })().catch(() => {});
    const ask = (url: string, query: string, operationId: string) =>
      fetch(`${url}${stream}`, {
        method: 'POST',
        headers: { ...given, 'content-type': 'application/json' },
        body: JSON.stringify({ query, extensions: { operationId } }),
      });
    expect((await ask(nodes.other.url, '{ instanceShow { name } }', 'a')).status).toBe(202);
    await until(
      () => told.includes('"id":"a"') && told.includes('Confab'),
      () => told,
    );
    expect((await ask(nodes.one.url, '{ instanceShow { setUp } }', 'b')).status).toBe(202);
    await until(
      () => told.includes('"id":"b"') && told.includes('true'),
      () => told,
    );
  });
});

describe('PeerJS', () => {
  it('passes offers between peers of different nodes, and gives an id to one of them only', async () => {
    const peer = async (url: string, id: string) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/peerjs?key=peerjs&id=${id}&token=${token}`);
      const heard: { type: string; src?: string; payload?: unknown }[] = [];
      socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data))));
      endings.push(() => socket.close());
      await until(
        () => heard.length > 0,
        () => id,
      );
      return { socket, heard };
    };
    const here = await peer(nodes.one.url, 'peer-here');
    const there = await peer(nodes.other.url, 'peer-there');
    expect([here.heard[0], there.heard[0]]).toEqual([{ type: 'OPEN' }, { type: 'OPEN' }]);
    here.socket.send(JSON.stringify({ type: 'OFFER', dst: 'peer-there', payload: { sdp: 'v=0' } }));
    await until(() => there.heard.length > 1);
    expect(there.heard[1]).toMatchObject({ type: 'OFFER', src: 'peer-here', payload: { sdp: 'v=0' } });
    there.socket.send(JSON.stringify({ type: 'ANSWER', dst: 'peer-here', payload: { sdp: 'v=1' } }));
    await until(() => here.heard.length > 1);
    expect(here.heard[1]).toMatchObject({ type: 'ANSWER', src: 'peer-there', payload: { sdp: 'v=1' } });
  });
});

describe('the nodes', () => {
  it('count each other and what they pass on', async () => {
    const metrics = await (await fetch(`${nodes.one.url}/metrics`)).text();
    expect(metrics).toMatch(/^confab_nodes 2$/m);
    expect(Number(/^confab_forwarded_total (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0);
    expect(metrics).toMatch(/^confab_bus_connected 1$/m);
  });

  it('say that they are ready, and reach what they need', async () => {
    const response = await fetch(`${nodes.one.url}/health/ready`);
    expect(await response.json()).toEqual({ status: 'ready', database: 'reachable', bus: 'connected' });
  });
});
