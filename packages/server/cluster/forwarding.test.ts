import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backName, FrontAndBack } from './testing/front-and-back.ts';

let nodes: FrontAndBack;
beforeEach(async () => {
  nodes = await FrontAndBack.open();
});
afterEach(() => nodes.close());

async function until(condition: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error('Waited in vain.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A raw request to the front; `heard` grows. */
function raw(lines: string[], path = `/test?id=${backName}.x`) {
  const socket = connect(nodes.port, '127.0.0.1');
  const client = { socket, heard: '', ended: false };
  socket.on('data', (chunk) => {
    client.heard += String(chunk);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    client.ended = true;
  });
  const [method = 'GET', ...fields] = lines;
  socket.write(`${[`${method} ${path} HTTP/1.1`, 'Host: chat.example.org', ...fields].join('\r\n')}\r\n\r\n`);
  return client;
}

const upgrade = ['GET', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: abc'];
const agreed = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Back: yes\r\n\r\n';

describe('a request that names another node', () => {
  it('gets there as it came, and its answer comes back as it was given', async () => {
    let seen: { method?: string; url?: string; fields: string[]; body: string; client?: string } | undefined;
    nodes.onRequest = async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { method, url, rawHeaders } = request;
      const client = nodes.clients.get(request);
      seen = { ...{ method, url, body }, fields: rawHeaders, ...(client && { client }) } as typeof seen;
      response.writeHead(418, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Own', 'kept']).end('short and stout');
    };
    const answer = await fetch(nodes.url, {
      method: 'PATCH',
      headers: { 'X-Custom': 'ü', 'X-Confab-Node': 'forged', origin: 'https://a.example' },
      body: 'the body',
    });
    expect([answer.status, await answer.text(), answer.headers.get('x-own')]).toEqual([418, 'short and stout', 'kept']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(seen).toMatchObject({ method: 'PATCH', url: `/test?id=${backName}.x`, body: 'the body' });
    expect(seen?.client).toBe('203.0.113.9');
    expect(seen?.fields).toEqual(expect.arrayContaining(['X-Custom', 'ü', 'https://a.example']));
    expect(seen?.fields).not.toContain('forged');
  });

  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'POST'])('may be %s without a body', async (method) => {
    nodes.onRequest = (request, response) => response.writeHead(204, { 'x-method': request.method ?? '' }).end();
    const answer = await fetch(nodes.url, { method });
    expect([answer.status, answer.headers.get('x-method')]).toEqual([204, method]);
  });

  it('carries a body whose length nobody knows', async () => {
    nodes.onRequest = async (request, response) => {
      let bytes = 0;
      for await (const chunk of request) bytes += (chunk as Buffer).length;
      response.end(String(bytes));
    };
    const client = httpRequest(nodes.url, { method: 'POST' });
    const answered = once(client, 'response') as Promise<[IncomingMessage]>;
    for (let index = 0; index < 64; index += 1) client.write('x'.repeat(10_000));
    client.end();
    const [response] = await answered;
    let text = '';
    for await (const chunk of response) text += String(chunk);
    expect(text).toBe('640000');
  });

  it('has its answer told as it comes: first that it begins, then each piece', async () => {
    let held: ServerResponse | undefined;
    nodes.onRequest = (_request, response) => {
      held = response;
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    };
    const answer = await fetch(nodes.url);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const reader = answer.body?.getReader();
    for (const piece of ['data: one\n\n', 'data: two\n\n']) {
      held?.write(piece);
      const { value } = (await reader?.read()) ?? {};
      expect(Buffer.from(value ?? []).toString()).toBe(piece);
    }
    held?.end();
    expect(await reader?.read()).toMatchObject({ done: true });
  });

  it('slows the other node down when its client reads slowly', async () => {
    const total = 64 * 1024 * 1024;
    let written = 0;
    nodes.onRequest = async (_request, response) => {
      const piece = Buffer.alloc(64 * 1024);
      for (; written < total && !response.destroyed; written += piece.length) {
        if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
    };
    const client = raw(['GET', 'Connection: close']);
    await until(() => client.heard.length > 0);
    client.socket.pause();
    // Two equal looks may be chance: it has stopped when many in a row see nothing new, or it has written all.
    let before = -1;
    let equalLooks = 0;
    await until(() => {
      equalLooks = written === before ? equalLooks + 1 : 0;
      before = written;
      return equalLooks >= 40 || written >= total;
    });
    expect(written).toBeLessThan(total / 2);
    client.socket.resume();
    await until(() => client.ended);
    expect(client.heard.length).toBeGreaterThan(total);
  });

  it('ends on the other node when its client goes', async () => {
    let closed = false;
    nodes.onRequest = (_request, response) => {
      response.on('close', () => {
        closed = true;
      });
      response.write('begun');
    };
    const client = raw(['GET']);
    await until(() => client.heard.includes('begun'));
    client.socket.resetAndDestroy();
    await until(() => closed);
    await until(() => nodes.forwarding.current === 0);
  });

  it.each(['before', 'after'])('is cut when the other node dies %s its answer began', async (when) => {
    let asked = false;
    nodes.onRequest = (_request, response) => {
      asked = true;
      if (when === 'after') response.write('begun');
    };
    const client = raw(['POST', 'Content-Length: 4', '', 'body'].slice(0, 2));
    client.socket.write('body');
    await until(() => asked && (when === 'before' || client.heard.includes('begun')));
    await nodes.killBack();
    await until(() => client.ended);
    expect(client.heard).not.toContain('0\r\n\r\n');
    await until(() => nodes.forwarding.current === 0);
  });

  it('is cut when the other node is taken for dead', async () => {
    nodes.onRequest = (_request, response) => void response.write('begun');
    const client = raw(['GET']);
    await until(() => client.heard.includes('begun'));
    nodes.tellGone();
    await until(() => client.ended);
  });

  it('is for the own door when that node is not known, or cannot be reached', async () => {
    const unknown = await fetch(nodes.url.replace(backName, 'otherone'));
    expect(await unknown.text()).toBe('front');
    await nodes.killBack();
    for (const init of [{}, { method: 'POST', body: 'text' }]) {
      expect(await (await fetch(nodes.url, init)).text()).toBe('front');
    }
    expect(nodes.unreachable).toEqual([backName, backName]);
  });

  it('is for the own door when another node has the other’s address now', async () => {
    nodes.back = nodes.back && { ...nodes.back, name: 'restarts' };
    expect(await (await fetch(nodes.url)).text()).toBe('front');
    expect(nodes.unreachable).toEqual([backName]);
  });

  it('is refused over the bound', async () => {
    await nodes.close();
    nodes = await FrontAndBack.open({ exchanges: 1 });
    nodes.onRequest = (_request, response) => void response.write('begun');
    const client = raw(['GET']);
    await until(() => client.heard.includes('begun'));
    const refused = await fetch(nodes.url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ error: { code: 'overloaded' } });
    const upgraded = raw(upgrade);
    await until(() => upgraded.ended);
    expect(upgraded.heard).toMatch(/^HTTP\/1\.1 503 /);
  });
});

describe('an upgrade that names another node', () => {
  let other: Duplex | undefined;
  beforeEach(() => {
    other = undefined;
    nodes.onUpgrade = (_request, socket, head) => {
      other = socket;
      socket.write(agreed);
      socket.write(`head:${head};`);
      socket.on('data', (chunk) => socket.write(`<${chunk}>`));
      socket.on('end', () => socket.end());
      socket.on('error', () => {});
    };
  });

  async function upgraded(): Promise<{ socket: Socket; heard: string; ended: boolean }> {
    const client = raw(upgrade);
    await until(() => client.heard.includes('head:'));
    return client;
  }

  it('is answered by it, and bytes go both ways', async () => {
    const client = await upgraded();
    expect(client.heard).toBe(`${agreed}head:;`);
    client.socket.write('hello');
    await until(() => client.heard.endsWith('<hello>'));
  });

  it('takes along what the client sent at once', async () => {
    const client = raw(upgrade);
    client.socket.write('early');
    await until(() => /head:early;|<early>/.test(client.heard));
  });

  it('ends on both sides when either ends', async () => {
    const first = await upgraded();
    const onOther = other;
    first.socket.destroy();
    await until(() => onOther?.destroyed === true);
    const second = await upgraded();
    other?.destroy();
    await until(() => second.ended);
    const third = await upgraded();
    await nodes.killBack();
    await until(() => third.ended);
    await until(() => nodes.forwarding.current === 0);
  });

  it('has its refusal told as it was given', async () => {
    nodes.onUpgrade = (_request, socket) =>
      void socket.end('HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\nX-Own: 1\r\n\r\nno');
    const client = raw(upgrade);
    await until(() => client.ended);
    expect(client.heard).toMatch(/^HTTP\/1\.1 409 Conflict\r\n/);
    expect(client.heard).toMatch(/X-Own: 1\r\n[\s\S]*\r\n\r\nno$/);
  });

  it('is for the own door when that node cannot be reached', async () => {
    await nodes.killBack();
    const client = raw(upgrade);
    await until(() => client.ended);
    expect(client.heard).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('does not stop the server when its client resets at any moment', async () => {
    for (let round = 0; round < 20; round += 1) {
      const client = raw(upgrade);
      await once(client.socket, 'connect');
      if (round % 2) await until(() => client.heard.includes('101'));
      client.socket.resetAndDestroy();
    }
    await until(() => nodes.forwarding.current === 0);
    nodes.onRequest = (_request, response) => void response.end('back');
    expect(await (await fetch(nodes.url)).text()).toBe('back');
  });
});

describe('a node that leaves', () => {
  it('cuts the upgrades that go through it a slice at a time, and takes no more', async () => {
    await nodes.close();
    nodes = await FrontAndBack.open({ leavingSlice: 2, leavingSliceMs: 20 });
    nodes.onUpgrade = (_request, socket) => void socket.on('error', () => {}).write(agreed);
    const clients = Array.from({ length: 5 }, () => raw(upgrade));
    await until(() => clients.every(({ heard }) => heard.includes('101')));
    const leaving = nodes.forwarding.leave();
    await until(() => clients.filter(({ ended }) => ended).length >= 2);
    const late = raw(upgrade);
    await until(() => late.ended);
    expect(late.heard).toMatch(/^HTTP\/1\.1 503 [\s\S]*"draining"/);
    await leaving;
    await until(() => clients.every(({ ended }) => ended));
  });

  it('lets requests be answered', async () => {
    let held: ServerResponse | undefined;
    nodes.onRequest = (_request, response) => {
      held = response;
    };
    const answered = fetch(nodes.url);
    await until(() => held !== undefined);
    let hasLeft = false;
    const leaving = nodes.forwarding.leave().then(() => {
      hasLeft = true;
    });
    held?.end('in time');
    expect(await (await answered).text()).toBe('in time');
    await leaving;
    expect(hasLeft).toBe(true);
  });

  it('does not wait for requests for ever', async () => {
    await nodes.close();
    nodes = await FrontAndBack.open({ finishMs: 20 });
    nodes.onRequest = (_request, response) => void response.write('begun');
    const client = raw(['GET']);
    await until(() => client.heard.includes('begun'));
    await nodes.forwarding.leave();
    expect(client.ended).toBe(false);
    nodes.forwarding.close();
    await until(() => client.ended);
  });
});
