import { connect } from 'node:net';
import { connectPath } from '@confab/transports/websocket';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenServer, openServer } from '../testing/open-server.ts';
import { TestSocket } from '../testing/socket.ts';

let server: OpenServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

/** Sends a request as it is and answers with all that comes back; `reset` ends with a TCP reset at the first byte. */
function exchange(path: string, headers: string[], reset = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += String(chunk);
      if (reset) socket.resetAndDestroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
    socket.write(`GET ${path} HTTP/1.1\r\n${['Host: here', ...headers].join('\r\n')}\r\n\r\n`);
  });
}

const webSocket = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

describe('a request to upgrade', () => {
  it('to a WebSocket is for one address only', async () => {
    const elsewhere = await exchange('/api/v1/instance', webSocket);
    expect(elsewhere).toMatch(/^HTTP\/1\.1 404 /);
    expect(JSON.parse(elsewhere.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { code: 'not-found' } });
    const socket = await TestSocket.open(server.url);
    socket.close();
    expect(await socket.ended()).toMatchObject({ code: 1005 });
  });

  it('does not stop the server when its sender resets the connection', async () => {
    for (let round = 0; round < 20; round += 1) {
      expect(await exchange('/elsewhere', webSocket, true)).toContain('404');
      expect(await exchange(`${connectPath}?x`, ['Origin: https://evil.example', ...webSocket], true)).toContain('403');
    }
    expect((await server.fetch('/health/live')).status).toBe(200);
  });

  it('to anything else is passed over, and the request answered as it is', async () => {
    const close = ['Connection: Upgrade, HTTP2-Settings, close', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk'];
    const answer = await exchange('/api/v1/instance', close);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('"setUp":false');
  });

  it('that is none is told that there is no such command', async () => {
    const response = await server.fetch(connectPath);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'unknown-command' } });
  });
});
