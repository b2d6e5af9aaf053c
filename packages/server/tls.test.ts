import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type ClientHttp2Session, connect } from 'node:http2';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { freePort } from '@confab/testing/free-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configWith } from './config.ts';
import { type OpenServer, openServer, password } from './testing/open-server.ts';
import { certificateSource } from './tls.ts';

let folder: string;
let server: OpenServer;
let ca: string;
let session: ClientHttp2Session;
let mqttPort: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confab-tls-'));
  mqttPort = await freePort();
  server = await openServer({ tlsSelfSigned: true, data: folder, mqttPort });
  ca = await readFile(join(folder, 'self-signed-certificate.pem'), 'utf8');
  session = connect(server.url, { ca });
});
afterAll(async () => {
  session.close();
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

function overHttp2(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const stream = session.request({ ':method': method, ':path': path, ...type, ...headers });
    let answer = '';
    let head: Record<string, unknown> = {};
    stream.on('response', (received) => {
      head = received;
    });
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      answer += chunk;
    });
    stream.on('end', () => resolve({ status: Number(head[':status']), headers: head, body: answer }));
    stream.on('error', reject);
    stream.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function overHttp1(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { ca, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' });
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('a server with a certificate of its own', () => {
  it('speaks HTTP/2, and HTTP/1.1 to who wants it, at an https address', async () => {
    expect(server.url).toMatch(/^https:/);
    expect(await overHttp2('GET', '/api/v1/instance')).toMatchObject({ status: 200 });
    expect(session.alpnProtocol).toBe('h2');
    expect(await overHttp1('/api/v1/instance')).toMatchObject({ status: 200 });
  });

  it('gives cookies for TLS only, and knows its own pages by the name that was asked for', async () => {
    const account = { handle: 'ada', name: 'Ada', password, space: 'Home', deliver: 'cookie' };
    const foreign = await overHttp2('POST', '/api/v1/account/set-up', { origin: 'https://evil.example' }, account);
    expect(foreign).toMatchObject({ status: 403 });
    const own = await overHttp2('POST', '/api/v1/account/set-up', { origin: server.url }, account);
    expect(own.status).toBe(200);
    expect(String(own.headers['set-cookie'])).toContain('; Secure');
  });

  it('takes WebSockets over TLS', async () => {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      origin: server.url,
    };
    expect(await overHttp1('/api/v1/connect', upgrade)).toMatchObject({ status: 101 });
    expect(await overHttp1('/api/v1/connect', { ...upgrade, origin: 'https://evil.example' })).toMatchObject({
      status: 403,
    });
  });

  it('takes MQTT over TLS on its port', async () => {
    const text = (value: string) => [0, value.length, ...Buffer.from(value)];
    const answer = await new Promise<Buffer>((resolve, reject) => {
      const socket = connectTls({ port: mqttPort, host: '127.0.0.1', servername: 'localhost', ca });
      socket.on('error', reject);
      socket.once('data', (data: Buffer) => {
        socket.destroy();
        resolve(data);
      });
      // CONNECT of MQTT 3.1.1 with a name and a password that are nobody's.
      const body = [...text('MQTT'), 4, 0b1100_0010, 0, 60, ...text('c'), ...text('token'), ...text('x'.repeat(43))];
      socket.write(Buffer.from([0x10, body.length, ...body]));
    });
    expect([...answer.subarray(0, 2)]).toEqual([0x20, 2]);
    expect([4, 5]).toContain(answer[3]);
  });

  it('does not tell browsers to insist on a certificate that nobody vouches for', async () => {
    expect((await overHttp2('GET', '/api/v1/instance')).headers['strict-transport-security']).toBeUndefined();
  });

  it('refuses headers over the bound, like without TLS', async () => {
    const { status } = await overHttp1('/api/v1/instance', { 'x-large': 'x'.repeat(20_000) });
    expect(status).toBe(431);
  });

  it('names this machine in the certificate, keeps its key from others, and keeps both', async () => {
    const certificate = new X509Certificate(ca);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect((await stat(join(folder, 'self-signed-key.pem'))).mode & 0o077).toBe(0);
    const source = certificateSource(configWith({ tlsSelfSigned: true }), folder);
    expect((await source?.read())?.cert).toBe(ca);
  });
});

describe('a certificate from files', () => {
  const read = (config: Parameters<typeof configWith>[0]) => certificateSource(configWith(config), folder)?.read();

  it('is taken, and browsers are told to insist on it', async () => {
    const files = {
      tlsCertificate: join(folder, 'self-signed-certificate.pem'),
      tlsKey: join(folder, 'self-signed-key.pem'),
    };
    const other = await openServer(files);
    const answer = await new Promise<Answer>((resolve, reject) => {
      const sent = request(`${other.url}/api/v1/instance`, { ca }, (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' });
      });
      sent.on('error', reject);
      sent.end();
    });
    expect(answer.headers['strict-transport-security']).toBeDefined();
    await other.close();
  });

  it.each([
    [{ tlsCertificate: 'c.pem' }, 'CONFAB_TLS_KEY is not set'],
    [{ tlsKey: 'k.pem' }, 'CONFAB_TLS_CERTIFICATE is not set'],
    [{ tlsCertificate: 'c.pem', tlsKey: 'k.pem', tlsSelfSigned: true }, 'Choose one'],
    [{ tlsCertificate: '/nowhere/c.pem', tlsKey: '/nowhere/k.pem' }, 'The file /nowhere/c.pem cannot be read: ENOENT'],
  ])('that is %o is refused with a sentence', async (config, sentence) => {
    await expect((async () => read(config))()).rejects.toThrow(sentence);
  });

  it('that is something else is refused with a sentence', async () => {
    const file = join(folder, 'not-a-certificate.pem');
    await writeFile(file, 'hello');
    await expect(read({ tlsCertificate: file, tlsKey: file })).rejects.toThrow('is not a certificate in PEM form');
  });
});
