import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Certificate, trustedCertificate } from './certificate.ts';
import { configurationOf, type OpenProxy, openProxy, proxyKinds } from './proxy-kinds.ts';
import { fetchByHttp1 } from './testing/fetch-by-http1.ts';
import { StandInNode } from './testing/stand-in-node.ts';

let certificate: Certificate;
beforeAll(async () => {
  await fetchByHttp1();
  certificate = await trustedCertificate();
}, 360_000);
afterAll(() => certificate?.remove());

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const heard = async (stream: NodeJS.EventEmitter): Promise<string> => String((await once(stream, 'data'))[0]);

const post = (url: string, body: string | Uint8Array<ArrayBuffer> = '{}', headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

describe.each(proxyKinds.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  let nodes: [StandInNode, StandInNode];
  let front: OpenProxy;

  beforeEach(async () => {
    nodes = [await StandInNode.open(), await StandInNode.open()];
    front = await openProxy(kind, certificate, nodes[0].ports, nodes[1].ports);
    await until(async () => (await fetch(`${front.url}/ready-to-begin`)).ok, 'the proxy to find its nodes');
  });
  afterEach(async () => {
    await front?.close();
    await Promise.all(nodes.map((node) => node.close()));
  });

  const arrived = () => nodes.flatMap((node) => node.arrived);
  const came = (method: string, path: string) => nodes.flatMap((node) => node.came(method, path));

  test('finds nothing wrong with its file', async () => {
    const ports = { https: 8443, http: 8080, mqtts: 8883 };
    const [one, two] = [nodes[0].ports, nodes[1].ports];
    const configuration = configurationOf(kind, { nodes: [one, two], front: ports, certificate });
    expect(await kind.check(configuration, { http: ports.http })).toBeNull();
    const wrong = configuration.replace(/least_?conn/, 'least-nonsense');
    expect(await kind.check(wrong, { http: ports.http })).toMatch(/least-?_?(nonsense|conn)/);
  });

  test('sends plain HTTP on to HTTPS, with the method and the path', async () => {
    const answer = await fetch(`${front.plainUrl}/rooms/a?b=c`, { method: 'POST', redirect: 'manual' });
    expect(answer.status).toBe(308);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/[^/]+\/rooms\/a\?b=c$/);
    expect(came('POST', '/rooms')).toEqual([]);
  });

  test('tells the client’s address and the name it asked for, and nothing that a client claims about itself', async () => {
    const claims = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'evil.example',
    };
    await fetch(`${front.url}/who`, { headers: claims });
    const host = new URL(front.url).host;
    expect(came('GET', '/who')).toMatchObject([
      {
        headers: {
          'x-forwarded-for': expect.stringMatching(/^(::ffff:)?127\.0\.0\.1$/),
          'x-forwarded-proto': 'https',
          'x-forwarded-host': host,
          host,
        },
      },
    ]);
  });

  test('passes addresses on as they were written', async () => {
    for (const path of [
      '/api/v1/rooms/team%2Fgeneral/messages',
      '/socket.io/?EIO=4&x=%20',
      '/peerjs',
      '/a//b/',
      '/%E2%9C%93',
    ]) {
      await fetch(front.url + path);
      expect(arrived().at(-1)?.url ?? '').toBeTypeOf('string');
      expect(arrived().map(({ url }) => url)).toContain(path);
    }
  });

  test('keeps what watches over the nodes to the inside', async () => {
    expect((await fetch(`${front.url}/metrics`)).status).toBe(404);
    expect(came('GET', '/metrics')).toEqual([]);
  });

  test('takes places in the log of 8 KiB, and bodies as large as Confab’s largest', async () => {
    const place = 'x'.repeat(8 * 1024);
    expect((await fetch(`${front.url}/events?after=${place}`)).status).toBe(200);
    expect((await fetch(`${front.url}/events`, { headers: { 'last-event-id': place } })).status).toBe(200);
    const body = new Uint8Array(1024 * 1024 + 1024);
    expect((await post(`${front.url}/large`, body)).status).toBe(200);
    expect(came('POST', '/large')).toMatchObject([{ bytes: body.length }]);
  });

  test.each(['/stream/events', '/stream/ndjson'])(
    'passes %s on as it comes, and tells the node when the client leaves',
    async (path) => {
      const session = connectHttp2(front.url);
      const stream = session.request({ ':path': path });
      await once(stream, 'data');
      const [response] = nodes.flatMap((node) => [...node.streams]);
      for (const text of ['a', 'bc', 'def']) {
        response?.write(text);
        expect(await heard(stream)).toBe(text);
      }
      stream.close();
      await until(() => nodes.every((node) => node.streams.size === 0), 'the node to hear that the client left');
      session.destroy();
    },
  );

  test('speaks HTTP/2 with many requests on one connection', async () => {
    const session = connectHttp2(front.url);
    const answers = Array.from({ length: 60 }, async (_each, index) => {
      const stream = session.request({ ':method': 'POST', ':path': `/many/${index}` });
      stream.end('{}');
      let body = '';
      for await (const chunk of stream) body += chunk;
      return body;
    });
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['taken']));
    expect(session.alpnProtocol).toBe('h2');
    session.destroy();
  });

  test('passes an upgrade on in both directions, and its refusal', async () => {
    const address = front.url.replace('http', 'ws');
    const socket = new WebSocket(`${address}/let-in`);
    await once(socket, 'open');
    socket.send('ping');
    expect(String((await once(socket, 'message'))[0])).toBe('ping');
    socket.terminate();
    const [, refused] = await once(new WebSocket(`${address}/refused`), 'unexpected-response');
    expect(refused.statusCode).toBe(401);
    expect(nodes.flatMap((node) => node.upgrades.map(({ url }) => url)).sort()).toEqual(['/let-in', '/refused']);
  });

  test('never repeats a POST that a node has taken before it died', async () => {
    for (const node of nodes) node.dies = true;
    for (let index = 0; index < 4; index += 1) {
      const answer = await post(`${front.url}/post/${index}`).catch(() => null);
      expect(answer?.status ?? 502).toBeGreaterThanOrEqual(500);
      expect(came('POST', `/post/${index}`).length).toBeLessThanOrEqual(1);
    }
    expect(came('POST', '/post/').length).toBeGreaterThan(0);
  });

  test('asks the other node, for a POST too, when one cannot be reached', async () => {
    const gone = nodes[0].ports;
    await nodes[0].close();
    const another = await openProxy(kind, certificate, gone, nodes[1].ports);
    for (let index = 0; index < 6; index += 1) expect((await post(`${another.url}/post/${index}`)).status).toBe(200);
    await another.close();
    expect(nodes[1].came('POST', '/post/')).toHaveLength(6);
  });

  test('sends nobody new to a node that drains, and leaves those who are there alone', async () => {
    const session = connectHttp2(front.url);
    const stream = session.request({ ':path': '/stream/events' });
    await once(stream, 'data');
    const [draining, other] = nodes[0].streams.size > 0 ? nodes : [nodes[1], nodes[0]];
    draining.ready = false;
    // It is known before long; until then, a POST may be answered with what the node says: come back.
    await until(async () => {
      const before = draining.arrived.length;
      let taken = 0;
      for (let index = 0; index < 4; index += 1) taken += Number((await post(`${front.url}/look`)).ok);
      return taken === 4 && draining.arrived.length === before;
    }, 'the node to be left alone');
    const before = other.arrived.length;
    for (let index = 0; index < 4; index += 1) expect((await fetch(`${front.url}/new`)).status).toBe(200);
    expect(other.arrived.length).toBe(before + 4);
    const [response] = draining.streams;
    response?.write('goodbye');
    expect(await heard(stream)).toBe('goodbye');
    session.destroy();
  });

  test('writes no address down when something goes wrong: it may hold a secret', async () => {
    for (const node of nodes) node.dies = true;
    await post(`${front.url}/hooks/room/a-secret-token`).catch(() => null);
    await Promise.all(nodes.map((node) => node.close()));
    await post(`${front.url}/hooks/room/a-secret-token`).catch(() => null);
    expect(front.proxy.said).not.toContain('a-secret-token');
  });

  test('takes another configuration without cutting off who is there', async () => {
    const session = connectHttp2(front.url);
    const stream = session.request({ ':path': '/stream/events' });
    await once(stream, 'data');
    await front.reload();
    const [response] = nodes.flatMap((node) => [...node.streams]);
    response?.write('still here');
    expect(await heard(stream)).toBe('still here');
    expect((await fetch(`${front.url}/after`)).status).toBe(200);
    session.destroy();
  });

  if (kind.takesMqtt) {
    test('passes what comes to the MQTT port on, by TLS', async () => {
      const socket = connectTls(front.mqttPort, '127.0.0.1');
      socket.write('GET /by-tcp HTTP/1.1\r\nHost: a\r\n\r\n');
      expect(await heard(socket)).toMatch(/^HTTP\/1\.1 200/);
      socket.destroy();
      expect(came('GET', '/by-tcp')).toHaveLength(1);
    });
  }
});
