import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { join } from 'node:path';
import { closeCodes } from '@confab/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { TestSocket } from './testing/socket.ts';
import { TwoNodes } from './testing/two-nodes.ts';

let nodes: TwoNodes;
afterEach(() => nodes.close());

const connections = '/api/v1/connections';
const hello = '{"id":1,"command":"connection.hello","params":{"versions":[1]}}';
const headers = () => ({ authorization: `Bearer ${nodes.owner.token}`, accept: 'application/json' });

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error('Waited in vain.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function openPolled(url: string): Promise<{ connection: string; next: number }> {
  const response = await fetch(`${url}${connections}`, { method: 'POST', headers: headers(), body: hello });
  return (await response.json()) as { connection: string; next: number };
}

const poll = (url: string, { connection, next }: { connection: string; next: number }, wait = 0) =>
  fetch(`${url}${connections}/${connection}?after=${next}&wait=${wait}`, { headers: headers() });

describe('a node that goes down while another stays', () => {
  it('says first that nobody should be sent to it, and serves whoever comes all the same', async () => {
    nodes = await TwoNodes.open({ drainDelay: 1 });
    const { one, other, owner } = nodes;
    const socket = await TestSocket.signedIn(one.url, owner.token);
    const closing = one.close();
    const ready = await fetch(`${one.url}/health/ready`);
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    expect(await ready.json()).toMatchObject({ status: 'draining', database: 'reachable' });
    expect((await fetch(`${one.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${other.url}/health/ready`)).status).toBe(200);
    const late = await TestSocket.signedIn(one.url, owner.token);
    const params = { room: owner.room, text: 'still served', clientId: randomUUID() };
    expect(await late.ask('message.post', params)).toHaveProperty('result');
    expect(await one.tell('message.post', { ...params, clientId: randomUUID() }, owner.token)).toHaveProperty('result');
    expect(socket.closed).toBeUndefined();
    await closing;
    for (const each of [socket, late]) {
      expect(await each.ended()).toEqual({ code: closeCodes.draining.code, reason: 'draining' });
    }
  });

  it('tells its clients when to come back, and they go on at the other where they were', async () => {
    nodes = await TwoNodes.open();
    const { one, other, owner } = nodes;
    const log = `room:${owner.room}`;
    const socket = await TestSocket.signedIn(one.url, owner.token);
    const listened = await socket.ask('log.listen', { logs: [{ log, level: 'live' }] });
    const { logs } = (listened as { result: { logs: { seq: number; epoch: number }[] } }).result;
    const [at] = logs;
    await one.close();
    await socket.ended();
    expect(socket.frames.at(-1)).toMatchObject({
      event: 'connection.closing',
      data: { reason: 'draining', reconnect: { minMs: expect.any(Number), maxMs: expect.any(Number) } },
    });
    await other.ask(
      'message.post',
      { room: owner.room, text: 'meanwhile', clientId: randomUUID() as never },
      owner.token,
    );
    const again = await TestSocket.signedIn(other.url, owner.token);
    const resumed = await again.ask('log.listen', { logs: [{ log, level: 'live', after: at?.seq, epoch: at?.epoch }] });
    expect(resumed).toMatchObject({ result: { logs: [{ events: [{ data: { text: 'meanwhile' } }] }] } });
    again.close();
  });

  it('says goodbye to those who poll it through the other, which then do not find it any more', async () => {
    nodes = await TwoNodes.open();
    const { one, other } = nodes;
    const opened = await openPolled(one.url);
    // A poll ends the one before it: when either is answered, the other has arrived and waits.
    const polls = [poll(other.url, opened, 20), poll(other.url, opened, 20)];
    const ended = await Promise.race(polls.map((each, index) => each.then(() => index)));
    const waiting = polls[1 - ended];
    await one.close();
    const answer = await waiting;
    expect(answer?.status).toBe(200);
    expect(await answer?.json()).toMatchObject({
      frames: [{ event: 'connection.closing', data: { reason: 'draining' } }],
    });
    expect((await poll(other.url, opened)).status).toBe(404);
    await until(async () => /^confab_nodes 1$/m.test(await (await fetch(`${other.url}/metrics`)).text()));
  });

  it('lets what goes through it to the other be answered, and loses nothing of it', async () => {
    nodes = await TwoNodes.open();
    const { one, other, owner } = nodes;
    const opened = await openPolled(other.url);
    const listen = `{"id":2,"command":"log.listen","params":{"logs":[{"log":"room:${owner.room}","level":"live"}]}}`;
    const frames = `${other.url}${connections}/${opened.connection}/frames`;
    expect((await fetch(frames, { method: 'POST', headers: headers(), body: listen })).status).toBe(204);
    const first = (await (await poll(other.url, opened, 20)).json()) as { next: number };
    const waiting = poll(one.url, { ...opened, next: first.next }, 20);
    await until(async () => /^confab_forwarding 1$/m.test(await (await fetch(`${one.url}/metrics`)).text()));
    const closing = one.close();
    await other.ask('message.post', { room: owner.room, text: 'heard', clientId: randomUUID() as never }, owner.token);
    const heard = (await (await waiting).json()) as { next: number };
    expect(heard).toMatchObject({ frames: [{ data: { text: 'heard' } }] });
    await closing;
    expect((await poll(other.url, { ...opened, next: heard.next })).status).toBe(200);
  });

  it('answers a request that it has begun', async () => {
    nodes = await TwoNodes.open();
    const { one, other, owner } = nodes;
    const body = JSON.stringify({ text: 'half way', clientId: 'half-way' });
    const fields = { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' };
    const path = `${one.url}/api/v1/rooms/${owner.room}/messages`;
    const request = httpRequest(path, { method: 'POST', headers: { ...headers(), ...fields }, agent: false });
    request.flushHeaders();
    await once(request, 'continue');
    const closing = one.close();
    const answered = once(request, 'response') as Promise<[IncomingMessage]>;
    request.end(body);
    const [{ statusCode }] = await answered;
    expect(statusCode).toBe(200);
    await closing;
    const page = await other.ask('message.list', { room: owner.room, limit: 10 }, owner.token);
    expect(page.messages.map(({ text }) => text)).toContain('half way');
  });

  it('has every send stored once when those that it did not answer are sent to the other', async () => {
    nodes = await TwoNodes.open();
    const { one, other, owner } = nodes;
    const params = (index: number) => ({ room: owner.room, text: `${index}`, clientId: `send-${index}` });
    const sends = Array.from({ length: 50 }, (_, index) => one.tell('message.post', params(index), owner.token));
    await sends[0];
    const closing = one.close();
    for (const [index, outcome] of (await Promise.allSettled(sends)).entries()) {
      const isStored = outcome.status === 'fulfilled' && 'result' in outcome.value;
      if (isStored) continue;
      if (outcome.status === 'fulfilled') expect(outcome.value).toMatchObject({ error: { code: 'draining' } });
      expect(await other.tell('message.post', params(index), owner.token)).toHaveProperty('result');
    }
    await closing;
    const page = await other.ask('message.list', { room: owner.room, limit: 100 }, owner.token);
    const numbers = page.messages.flatMap(({ text }) => (/^\d+$/.test(text) ? [Number(text)] : []));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });
});

describe('nodes that speak HTTP/2', () => {
  it('pass requests and streams on as well', async () => {
    nodes = await TwoNodes.open({ tlsSelfSigned: true });
    const { one, other, owner } = nodes;
    const session = connectHttp2(other.url, { ca: await readFile(join(one.data, 'self-signed-certificate.pem')) });
    const ask = (method: string, path: string, accept: string, body?: string) => {
      const answer = { status: 0, text: '', ended: false };
      const fields = { ':method': method, ':path': path, accept, authorization: `Bearer ${owner.token}` };
      const stream = session.request(fields);
      stream.on('response', (given) => {
        answer.status = Number(given[':status']);
      });
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        answer.text += chunk;
      });
      stream.on('close', () => {
        answer.ended = true;
      });
      stream.on('error', () => {});
      stream.end(body);
      return answer;
    };
    const { connection } = await openPolled(one.url);
    const sent = ask('POST', `${connections}/${connection}/frames`, '*/*', '{"id":7,"command":"connection.ping"}');
    await until(() => sent.ended);
    expect(sent.status).toBe(204);
    const polled = ask('GET', `${connections}/${connection}?after=0&wait=5`, 'application/json');
    await until(() => polled.ended);
    expect([polled.status, polled.text]).toEqual([200, expect.stringContaining('"reply"')]);
    const { authorization } = headers();
    const reservation = await fetch(`${one.url}/graphql/stream`, { method: 'PUT', headers: { authorization } });
    expect(reservation.status).toBe(201);
    const reserved = await reservation.text();
    const stream = ask('GET', `/graphql/stream?token=${reserved}`, 'text/event-stream');
    await until(() => stream.status !== 0);
    expect(stream.status).toBe(200);
    const left = ask('DELETE', `${connections}/${connection}`, '*/*');
    await until(() => left.ended);
    expect(left.status).toBe(204);
    // The other node goes: the stream is cut, and the connection that carries others is not.
    await one.close();
    await until(() => stream.ended);
    const live = ask('GET', '/health/live', '*/*');
    await until(() => live.ended);
    expect(live.status).toBe(200);
    session.destroy();
  });
});
