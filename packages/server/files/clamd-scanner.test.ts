import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeTime } from '@confab/engine/testing';
import { clamdFinds, clamdSignature, type PrivateClamd, startClamd } from '@confab/testing/clamd';
import { freePort } from '@confab/testing/free-port';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseClamdAddress } from './clamd-address.ts';
import { ClamdScanner } from './clamd-scanner.ts';

function scannerAt(address: string, time = new FakeTime()) {
  const parsed = parseClamdAddress(address);
  if (!parsed) throw new Error(`This is no address: ${address}`);
  const reasons: unknown[] = [];
  const report = (_level: string, _what: string, details?: Record<string, unknown>) => reasons.push(details?.reason);
  return { scanner: new ClamdScanner({ address: parsed, timers: time.timers, report }), reasons, time };
}

function file(...parts: (string | Uint8Array)[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'confab-scanned-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'file');
  writeFileSync(path, Buffer.concat(parts.map((part) => Buffer.from(part as string))));
  return path;
}

const unavailable = { code: 'scanner-unavailable' };

describe('clamd', () => {
  const mostBytes = 2 * 1024 * 1024;
  let clamd: PrivateClamd;
  beforeAll(async () => {
    clamd = await startClamd(mostBytes);
  });
  afterAll(() => clamd.remove());

  it('finds what it knows, and nothing else, over TCP and over its socket', async () => {
    for (const address of [clamd.address, clamd.socket]) {
      const { scanner, reasons } = scannerAt(address);
      expect(await scanner.signatureIn(file('harmless'))).toBeNull();
      expect(await scanner.signatureIn(file())).toBeNull();
      expect(await scanner.signatureIn(file('before ', clamdFinds, ' after'))).toBe(clamdSignature);
      expect(reasons).toEqual([]);
    }
  });

  it('looks through all of a file that comes in many chunks', async () => {
    const { scanner } = scannerAt(clamd.address);
    const filling = Buffer.alloc(mostBytes - 1_000, 'x');
    expect(await scanner.signatureIn(file(filling))).toBeNull();
    expect(await scanner.signatureIn(file(filling, clamdFinds))).toBe(clamdSignature);
  });

  it('is asked by many at once', async () => {
    const { scanner } = scannerAt(clamd.address);
    const asked = Array.from({ length: 20 }, (_, index) =>
      scanner.signatureIn(index % 2 ? file(clamdFinds) : file(randomBytes(10_000))),
    );
    expect(await Promise.all(asked)).toEqual(asked.map((_, index) => (index % 2 ? clamdSignature : null)));
  });

  it('does not pass what is larger than it takes', async () => {
    const { scanner, reasons } = scannerAt(clamd.address);
    await expect(scanner.signatureIn(file(Buffer.alloc(mostBytes * 4)))).rejects.toMatchObject(unavailable);
    // It hangs up on what is still on its way, which may be faster than what it says.
    expect(String(reasons)).toMatch(/size limit exceeded|ECONNRESET|EPIPE|hung up/);
    expect(await scanner.signatureIn(file('harmless'))).toBeNull();
  });
});

/** Something that listens where clamd should, and does with each connection what a test says. */
async function fake(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    onConnection(socket.on('error', () => {}));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('what is no answer of clamd’s', () => {
  it.each([
    ['an error', 'stream: Can’t allocate memory ERROR\0', 'stream: Can’t allocate memory ERROR'],
    ['a size limit', 'INSTREAM size limit exceeded. ERROR\0', 'INSTREAM size limit exceeded. ERROR'],
    ['another protocol', 'HTTP/1.1 400 Bad Request\r\n\r\n\0', 'HTTP/1.1 400 Bad Request'],
    ['half an answer', 'stream: O', 'it hung up'],
    ['nothing', '', 'it hung up'],
    ['an answer without end', 'x'.repeat(100_000), 'it says too much'],
    ['a name that is none', 'stream:  FOUND\0', 'stream:  FOUND'],
  ])('counts as unchecked: %s', async (_, answer, reason) => {
    const address = await fake((socket) => socket.once('data', () => socket.end(answer)));
    const { scanner, reasons } = scannerAt(address);
    await expect(scanner.signatureIn(file('a'))).rejects.toMatchObject(unavailable);
    expect(reasons).toEqual([reason]);
  });

  it('nobody who listens is none either', async () => {
    const { scanner, reasons } = scannerAt(`127.0.0.1:${await freePort()}`);
    await expect(scanner.signatureIn(file('a'))).rejects.toMatchObject(unavailable);
    expect(reasons).toEqual(['ECONNREFUSED']);
    const none = scannerAt('/no/such/socket');
    await expect(none.scanner.signatureIn(file('a'))).rejects.toMatchObject(unavailable);
    expect(none.reasons).toEqual(['ENOENT']);
  });

  it('what is found before all was sent counts', async () => {
    const address = await fake((socket) => socket.once('data', () => socket.end('stream: Early.One FOUND\0')));
    const { scanner } = scannerAt(address);
    expect(await scanner.signatureIn(file(Buffer.alloc(20 * 1024 * 1024)))).toBe('Early.One');
  });

  it('who takes nothing is waited for so long and no longer', async () => {
    const connected = Promise.withResolvers<void>();
    const { scanner, reasons, time } = scannerAt(
      await fake((socket) => {
        socket.pause();
        connected.resolve();
      }),
    );
    const asked = scanner.signatureIn(file(Buffer.alloc(20 * 1024 * 1024)));
    asked.catch(() => {});
    await connected.promise;
    await time.advance(180_001);
    await expect(asked).rejects.toMatchObject(unavailable);
    expect(reasons).toEqual(['it takes too long']);
    expect(time.waitingCount).toBe(0);
  });

  it('who never answers is waited for as long as a scan may take', async () => {
    const all = Promise.withResolvers<void>();
    const { scanner, reasons, time } = scannerAt(
      await fake((socket) => {
        let taken = 0;
        // The command, a length, a byte and a length of nothing.
        socket.on('data', (some: Buffer) => {
          taken += some.length;
          if (taken === 'zINSTREAM\0'.length + 4 + 1 + 4) all.resolve();
        });
      }),
    );
    const asked = scanner.signatureIn(file('a'));
    asked.catch(() => {});
    await all.promise;
    await time.settle();
    await time.advance(60_000);
    expect(reasons).toEqual([]);
    await time.advance(180_000);
    await expect(asked).rejects.toMatchObject(unavailable);
    expect(reasons).toEqual(['it takes too long']);
  });
});

it('an address is a host and a port, or the path of a socket', () => {
  expect(parseClamdAddress('clamav.internal:3310')).toEqual({ host: 'clamav.internal', port: 3310 });
  expect(parseClamdAddress('[::1]:3310')).toEqual({ host: '::1', port: 3310 });
  expect(parseClamdAddress('/run/clamav/clamd.ctl')).toEqual({ path: '/run/clamav/clamd.ctl' });
  for (const none of [
    '',
    'localhost',
    'localhost:0',
    'localhost:70000',
    ':3310',
    'a b:3310',
    'http://localhost:3310',
  ]) {
    expect(parseClamdAddress(none)).toBeUndefined();
  }
});
