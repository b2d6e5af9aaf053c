import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { freePort } from './free-port.ts';

describe('a free port', () => {
  it('can be listened on, left and taken again', async () => {
    const port = await freePort();
    for (let round = 0; round < 2; round += 1) {
      const server = createServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
      await new Promise((closed) => server.close(closed));
    }
  });

  it('is free for UDP too, on all addresses, as a server of HTTP/3 needs it', async () => {
    const socket = createSocket('udp4').bind(await freePort());
    await once(socket, 'listening');
    socket.close();
  });

  it('lies below the ports of outgoing connections', async () => {
    expect(await freePort()).toBeLessThan(32_768);
  });

  it('is never given twice, in any number of processes', async () => {
    const file = join(import.meta.dirname, 'free-port.ts');
    const script = `
      const { freePort } = await import(${JSON.stringify(file)});
      const ports = [];
      for (let index = 0; index < 300; index += 1) ports.push(await freePort());
      process.stdout.write(JSON.stringify(ports));
      process.stdin.on('end', () => process.exit(0)).resume();`;
    const asked = Array.from({ length: 3 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]),
    );
    // None ends before all have their ports: what a process had is free when it ends.
    await Promise.all(asked.map(({ child }) => once(child.stdout as NodeJS.ReadableStream, 'data')));
    for (const { child } of asked) child.stdin?.end();
    const ports = (await Promise.all(asked)).flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
    expect(ports).toHaveLength(900);
    expect(new Set(ports).size).toBe(900);
  });
});
