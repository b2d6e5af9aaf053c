import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  createServer,
  type Http2Server,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Door } from '@confab/transports/door';
import { nodeNamedIn } from '@confab/transports/node-ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backName, FrontAndBack } from './testing/front-and-back.ts';

let nodes: FrontAndBack;
let server: Http2Server;
let client: ClientHttp2Session;
let begun: Promise<void>;
let begin: () => void;
let ended = 0;

const door: Door = { name: 'test', path: '/test', nodeOf: nodeNamedIn({ query: 'id' }), close: () => {} };

beforeEach(async () => {
  nodes = await FrontAndBack.open();
  // As the server's own: its requests and responses have the form of those of HTTP/1.1.
  server = createServer((request, response) => {
    const [asked, answer] = [request as unknown as IncomingMessage, response as unknown as ServerResponse];
    nodes.forwarding.request(door, asked, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = connected();
  ended = 0;
  begun = new Promise((resolve) => {
    begin = resolve;
  });
  nodes.onRequest = (request, response) => {
    request.on('error', () => {});
    request.resume();
    response.on('close', () => {
      ended += 1;
    });
    response.write('begun');
    begin();
  };
});
afterEach(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
  await nodes.close();
});

function connected(): ClientHttp2Session {
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  session.on('error', () => {});
  return session;
}

/** A request whose body and answer have begun, both of them without an end. */
async function inTheMiddle(): Promise<ClientHttp2Stream> {
  const stream = client.request({ ':method': 'POST', ':path': `/test?id=${backName}.x` });
  stream.on('error', () => {});
  stream.write('the first half');
  const [piece] = await once(stream, 'data');
  expect(String(piece)).toBe('begun');
  await begun;
  return stream;
}

/** Whether in order or not. */
const closed = (stream: ClientHttp2Stream) =>
  stream.closed ? undefined : new Promise((resolve) => stream.once('close', resolve));

async function untilNothingIsUnderWay(): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (nodes.forwarding.current > 0 || ended === 0) {
    if (performance.now() > deadlineMs) throw new Error('Waited in vain.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a request over HTTP/2 that names another node', () => {
  // An error that nobody listens to would end the process, and fails the test.
  it.each([
    ['resets the stream', (stream) => void stream.close(constants.NGHTTP2_INTERNAL_ERROR)],
    ['lets go of the session', () => void client.destroy()],
    ['goes without a word', () => void client.socket.destroy()],
  ] as [string, (stream: ClientHttp2Stream) => void][])(
    'ends on the other node when its client %s in the middle of both bodies',
    async (_how, reset) => {
      reset(await inTheMiddle());
      await untilNothingIsUnderWay();
    },
  );

  it('is cut when the other node is taken for dead', async () => {
    const stream = await inTheMiddle();
    nodes.tellGone();
    await closed(stream);
    expect(stream.rstCode).toBe(constants.NGHTTP2_INTERNAL_ERROR);
  });

  it('ends for its client when the other node resets in the middle of both bodies, and the session goes on', async () => {
    const calm = nodes.onRequest;
    nodes.onRequest = (request, response) => {
      calm(request, response);
      void begun.then(() => setImmediate(() => request.socket.resetAndDestroy()));
    };
    const stream = await inTheMiddle();
    await closed(stream);
    // Not in order: half an answer must not be taken for a whole one.
    expect(stream.rstCode).toBe(constants.NGHTTP2_INTERNAL_ERROR);
    await untilNothingIsUnderWay();
    nodes.onRequest = (_request, response) => void response.end('again');
    const next = client.request({ ':path': `/test?id=${backName}.x` });
    const [piece] = await once(next, 'data');
    expect(String(piece)).toBe('again');
  });
});
