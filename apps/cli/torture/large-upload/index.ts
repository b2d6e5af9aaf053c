import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileId, PlacedFile } from '@confab/protocol';
import { freePort } from '@confab/testing/free-port';
import { startNginx } from '@confab/testing/nginx';
import { atMost, type Figure, told } from '../../figures.ts';
import { password } from '../../load/population.ts';
import { TestBed } from '../../load/test-bed.ts';
import { residentBytes } from '../../process/process-usage.ts';
import { UploadingTab } from './uploading-tab.ts';

export interface LargeUploadOptions {
  megabytes: number;
  /** The largest body that the proxy lets through. */
  bodyMegabytes: number;
  /** Megabytes that the tab sends at most in a second: over a wire without end the disk that keeps them is the slower one. */
  perSecond: number;
}

const megabyte = 1024 * 1024;
const sampleMs = 100;
/** So long nothing may arrive: the server looks into the whole file before it is posted. */
const idleMs = 120_000;

/** A large file from a browser through a proxy that takes small bodies only; the tab is reloaded halfway. */
export function run({ megabytes, bodyMegabytes, perSecond }: LargeUploadOptions): Promise<Figure[]> {
  return TestBed.with({ members: 0, entry: 'whole' }, async (bed) => {
    const port = await freePort();
    const proxy = await startNginx(proxyConfiguration(port, bed.url, bodyMegabytes), [port]);
    const path = join(bed.data, 'large.bin');
    const sha = await writeRandom(path, megabytes);
    const before = residentBytes(bed.server.pid);
    let most = before;
    const sampling = setInterval(() => {
      const now = residentBytes(bed.server.pid);
      most = { all: Math.max(most.all, now.all), own: Math.max(most.own, now.own) };
    }, sampleMs);
    const sender = {
      handle: 'owner',
      password,
      room: 'busy',
      speed: perSecond * megabyte,
      profile: join(bed.data, 'browser'),
    };
    const tab = await UploadingTab.open(`http://localhost:${port}`, sender);
    try {
      const startedMs = performance.now();
      await tab.send(path);
      const half = await arrivedBeyond(bed.data, (megabytes * megabyte) / 2);
      const asked = await tab.reload();
      const file = await posted(bed, tab);
      const tookMs = performance.now() - startedMs;
      const got = await hashOf(bed, file.file.id);
      return [
        atMost('another hash', got === sha ? 0 : 1, 0),
        atMost('the browser warned that something would be lost', asked, 0, 'times'),
        atMost('memory of the server at most', most.all / megabyte, 200, 'MiB'),
        told('of it its own', most.own / megabyte, 'MiB'),
        told('memory before', before.all / megabyte, 'MiB'),
        told('the file', megabytes, 'MiB'),
        told('had arrived when the tab was reloaded', half / megabyte, 'MiB'),
        told('the largest body that the proxy takes', bodyMegabytes, 'MiB'),
        told('from the press to the message', tookMs / 1_000, 's'),
      ];
    } finally {
      clearInterval(sampling);
      await tab.close();
      await proxy.remove();
    }
  });
}

const proxyConfiguration = (port: number, url: string, bodyMegabytes: number): string => `
pid /run/nginx.pid;
error_log /var/log/nginx/error.log crit;
events { worker_connections 256; }
http {
  access_log off;
  map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
  server {
    listen 127.0.0.1:${port};
    client_max_body_size ${bodyMegabytes}m;
    client_body_temp_path /tmp/confab-nginx-${port};
    location / {
      proxy_pass ${url};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_buffering off;
    }
  }
}
`;

/** Writes so many megabytes that nobody can press together. Resolves with their SHA-256 in hex. */
async function writeRandom(path: string, megabytes: number): Promise<string> {
  const hashing = createHash('sha256');
  const handle = await open(path, 'w');
  try {
    for (let index = 0; index < megabytes; index += 1) {
      const bytes = randomBytes(megabyte);
      hashing.update(bytes);
      await handle.write(bytes);
    }
  } finally {
    await handle.close();
  }
  return hashing.digest('hex');
}

/** What has arrived of the only upload there is. */
async function arrivedOf(data: string): Promise<number> {
  const folder = join(data, 'files', 'uploads');
  const [name] = await readdir(folder).catch(() => []);
  if (name === undefined) return 0;
  return stat(join(folder, name)).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Resolves with what has arrived once that is more than `bytes`. */
async function arrivedBeyond(data: string, bytes: number): Promise<number> {
  for (;;) {
    const size = await arrivedOf(data);
    if (size > bytes) return size;
    await new Promise((resolve) => setTimeout(resolve, sampleMs));
  }
}

/** The file once it stands in the room. @throws an `Error` with what the tab shows when nothing happens any more. */
async function posted({ people, data }: TestBed, tab: UploadingTab): Promise<PlacedFile> {
  let [arrived, sinceMs] = [0, performance.now()];
  for (;;) {
    const [file] = (await people.owner.api.call('file.list', { room: people.room })).files;
    if (file) return file;
    const now = await arrivedOf(data);
    if (now !== arrived) [arrived, sinceMs] = [now, performance.now()];
    if (performance.now() - sinceMs > idleMs) throw new Error(`Nothing arrives any more: ${await tab.shows()}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function hashOf(bed: TestBed, file: FileId): Promise<string> {
  const headers = { authorization: `Bearer ${bed.people.owner.token}` };
  const answer = await fetch(`${bed.url}/api/v1/files/${file}/content`, { headers });
  const hashing = createHash('sha256');
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) hashing.update(chunk);
  return hashing.digest('hex');
}
