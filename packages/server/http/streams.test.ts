import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type ClientHttp2Session, connect } from 'node:http2';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';

const events = '/api/v1/events';
const connections = '/api/v1/connections';
const hello = '{"id":1,"command":"connection.hello","params":{"versions":[1]}}';

/** A body as it comes. */
interface Stream {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  text: string;
  ended: boolean;
}

type Open = (method: string, path: string, accept: string, body?: string) => Promise<Stream>;

let server: OpenServer;
let token: string;
let room: string;
let open: Open;

async function until(condition: () => boolean, what: () => string): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const untilTold = (stream: Stream, text: string) =>
  until(
    () => stream.text.includes(text),
    () => stream.text,
  );
const untilEnded = (stream: Stream) =>
  until(
    () => stream.ended,
    () => stream.text,
  );

const post = (text: string) =>
  server.ask('message.post', { room: room as never, text, clientId: randomUUID() as never }, token);

const overHttp1: Open = async (method, path, accept, body) => {
  const headers = { authorization: `Bearer ${token}`, accept };
  const response = await fetch(`${server.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const stream = { status: response.status, headers: Object.fromEntries(response.headers), text: '', ended: false };
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) stream.text += chunk;
  };
  void read().then(
    () => {
      stream.ended = true;
    },
    () => {},
  );
  return stream;
};

function overHttp2(session: ClientHttp2Session): Open {
  return (method, path, accept, body) =>
    new Promise((resolve, reject) => {
      const headers = { ':method': method, ':path': path, accept, authorization: `Bearer ${token}` };
      const request = session.request(headers);
      request.setEncoding('utf8');
      request.on('error', reject);
      request.on('response', (received) => {
        const stream: Stream = { status: Number(received[':status']), headers: received, text: '', ended: false };
        request.on('data', (chunk: string) => {
          stream.text += chunk;
        });
        request.on('end', () => {
          stream.ended = true;
        });
        resolve(stream);
      });
      request.end(body);
    });
}

describe.each(['HTTP/1.1', 'HTTP/2'])('over %s', (version) => {
  let session: ClientHttp2Session | undefined;
  beforeEach(async () => {
    server = await openServer({ tlsSelfSigned: version === 'HTTP/2' });
    if (version === 'HTTP/2') {
      const ca = await readFile(join(server.data, 'self-signed-certificate.pem'), 'utf8');
      session = connect(server.url, { ca });
      open = overHttp2(session);
      setDefaultCACertificates([ca]);
    } else open = overHttp1;
    ({ token, room } = await setUpOwner(server));
  });
  afterEach(async () => {
    session?.destroy();
    await server.close();
  });

  it.each(['text/event-stream', 'application/x-ndjson'])('[D1] events go on as %s', async (accept) => {
    const stream = await open('GET', events, accept);
    expect(stream.status).toBe(200);
    expect(stream.headers['content-type']).toBe(`${accept}; charset=utf-8`);
    expect(stream.headers['x-content-type-options']).toBe('nosniff');
    await post('one');
    await untilTold(stream, '"text":"one"');
    await post('two');
    await untilTold(stream, '"text":"two"');
  });

  it('[D5] a long poll is answered when something happens', async () => {
    const first = await open('GET', events, '*/*');
    await untilEnded(first);
    const { cursor } = JSON.parse(first.text) as { cursor: string };
    const waiting = open('GET', `${events}?after=${cursor}&wait=25`, '*/*');
    await post('one');
    const polled = await waiting;
    await untilEnded(polled);
    expect(JSON.parse(polled.text)).toMatchObject({ events: [{ data: { text: 'one' } }] });
  });

  it.each(['text/event-stream', 'application/x-ndjson'])('[D2] a connection goes both ways as %s', async (accept) => {
    const stream = await open('POST', connections, accept, hello);
    await untilTold(stream, '"reply":1');
    const { connection } = /"connection":"(?<connection>[\w.-]+)"/.exec(stream.text)?.groups ?? {};
    const text = 'x'.repeat(9_000);
    const params = { room, clientId: 'first', text };
    const say = async (...commands: readonly string[]) => {
      const sent = await open('POST', `${connections}/${connection}/frames`, '*/*', commands.join('\n'));
      expect(sent.status).toBe(204);
    };
    // Reading where a room stands and writing to it overtake each other: what is to be heard is said after the answer.
    await say(
      '{"id":2,"command":"connection.ping","params":{}}',
      `{"id":3,"command":"log.listen","params":{"logs":[{"log":"room:${room}","level":"live"}]}}`,
    );
    await untilTold(stream, '"reply":3');
    await say(`{"id":4,"command":"message.post","params":${JSON.stringify(params)}}`);
    await untilTold(stream, '"reply":4');
    await untilTold(stream, '"event":"message.posted"');
    const left = await open('DELETE', `${connections}/${connection}`, '*/*');
    expect(left.status).toBe(204);
    await untilEnded(stream);
  });

  it('[D6] a connection can be polled', async () => {
    const opened = await open('POST', connections, 'application/json', hello);
    await untilEnded(opened);
    const { connection, next } = JSON.parse(opened.text) as { connection: string; next: number };
    await open('POST', `${connections}/${connection}/frames`, '*/*', '{"id":2,"command":"connection.ping"}');
    const polled = await open('GET', `${connections}/${connection}?after=${next}&wait=25`, '*/*');
    await untilEnded(polled);
    expect(JSON.parse(polled.text)).toMatchObject({ frames: [{ reply: 2 }] });
  });

  it('[D4] [H6] a server that closes says goodbye to everyone and ends all of them', async () => {
    const streams = await Promise.all([
      open('GET', events, 'text/event-stream'),
      open('GET', events, 'application/x-ndjson'),
      open('POST', connections, 'application/x-ndjson', hello),
    ]);
    await Promise.all(
      streams.map((stream) =>
        until(
          () => /id: |cursor|"reply":1/.test(stream.text),
          () => stream.text,
        ),
      ),
    );
    const closing = server.close();
    for (const stream of streams) {
      await untilEnded(stream);
      expect(stream.text).toMatch(/"connection.closing","data":\{"reason":"draining","reconnect":\{/);
    }
    await closing;
  });

  it('[H8] who is signed out hears nothing more, over all of them', async () => {
    const streams = await Promise.all([
      open('GET', events, 'text/event-stream'),
      open('GET', events, 'application/x-ndjson'),
      open('POST', connections, 'application/x-ndjson', hello),
    ]);
    await Promise.all(
      streams.map((stream) =>
        until(
          () => /id: |cursor|"reply":1/.test(stream.text),
          () => stream.text,
        ),
      ),
    );
    await server.ask('account.sign-out', {}, token);
    for (const stream of streams) {
      await untilEnded(stream);
      expect(stream.text).toContain('"reason":"session-revoked","reconnect":null');
    }
    expect((await open('GET', events, 'text/event-stream')).status).toBe(401);
    expect((await open('GET', `${events}?after=1-1&room=${room}`, '*/*')).status).toBe(401);
  });

  it('curl reads a stream as its manual says', async () => {
    const headers = [`Authorization: Bearer ${token}`, 'Accept: text/event-stream'].flatMap((each) => ['-H', each]);
    const args = ['-sNk', '--http2', '-w', 'over HTTP/%{http_version}', ...headers];
    const curl = spawn('curl', [...args, `${server.url}${events}?room=general`]);
    const stream: Stream = { status: 0, headers: {}, text: '', ended: false };
    curl.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stream.text += chunk;
    });
    curl.on('close', () => {
      stream.ended = true;
    });
    await untilTold(stream, 'id: ');
    await post('for curl');
    await untilTold(stream, '"text":"for curl"');
    await server.close();
    await untilEnded(stream);
    expect(stream.text).toMatch(version === 'HTTP/2' ? /over HTTP\/2$/ : /over HTTP\/1\.1$/);
    expect(curl.exitCode).toBe(0);
  });
});
