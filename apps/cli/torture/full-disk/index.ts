import { randomBytes } from 'node:crypto';
import type { ClientId, FileId, MessageId } from '@confab/protocol';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { TestBed } from '../../load/test-bed.ts';

export interface FullDiskOptions {
  /** How much room there is for files, in MiB. */
  megabytes: number;
  /** Messages that are posted while there is none left. */
  messages: number;
}

const megabyte = 1024 * 1024;
/** The server, with a disk of its own under the folder of its files. */
const onSmallDisk = (megabytes: number) => [
  ...['unshare', '--mount', 'sh', '-c'],
  `mkdir -p "$CONFAB_DATA/files" && mount -t tmpfs -o size=${megabytes}m none "$CONFAB_DATA/files" && exec "$@"`,
  'sh',
];

interface Taken {
  readonly status: number;
  readonly code: string | undefined;
}

/** The disk of the files is full: what was taken is there, messages go on, and so do files once there is room again. */
export async function run({ megabytes, messages }: FullDiskOptions): Promise<Figure[]> {
  if (process.getuid?.() !== 0) throw new Error('A disk of its own needs root.');
  const env = { CONFAB_FILE_RESERVE_MEGABYTES: '0' };
  const place = { command: onSmallDisk(megabytes) };
  return TestBed.with({ members: 0, roomy: true, env, place }, async (bed) => {
    const { owner, room } = bed.people;
    const bytes = randomBytes(megabyte);
    const posted: MessageId[] = [];
    const files: FileId[] = [];
    let full: { path: string; taken: Taken } | undefined;
    // All are announced while there is room for each of them.
    const paths: string[] = [];
    for (let index = 0; index <= megabytes; index += 1) paths.push(await begun(bed, bytes.length));
    for (const [index, path] of paths.entries()) {
      // Each another one: the same content would be kept once.
      bytes.writeUInt32BE(index);
      const taken = await sent(bed, path, bytes);
      if (taken.status !== 204) {
        full = { path, taken };
        break;
      }
      const file = path.slice(path.lastIndexOf('/') + 1) as FileId;
      const params = { room, clientId: `file-${index}` as ClientId, text: '', files: [file] };
      posted.push((await owner.api.call('message.post', params)).id);
      files.push(file);
    }
    for (let index = 0; index < messages; index += 1) {
      await owner.api.call('message.post', { room, clientId: `text-${index}` as ClientId, text: 'Still here.' });
    }
    const there = await Promise.all(files.map((file) => isThere(bed, file)));
    const [first] = posted;
    if (first === undefined || full === undefined) throw new Error('The disk was never full.');
    await owner.api.call('message.delete', { message: first });
    const after = await goneOn(bed, full.path, bytes);
    return [
      told('files until the disk was full', files.length),
      told('answer then', `${full.taken.status} ${full.taken.code ?? ''}`),
      atLeast('answered with storage-full', full.taken.code === 'storage-full' ? 1 : 0, 1),
      atLeast('messages posted meanwhile', messages, messages),
      atMost('files that were taken and are not there', there.filter((each) => !each).length, 0),
      atLeast('went on once there was room', after.status === 204 ? 1 : 0, 1),
    ];
  });
}

const headers = (bed: TestBed) => ({ 'tus-resumable': '1.0.0', authorization: `Bearer ${bed.people.owner.token}` });

/** Where its bytes go. */
async function begun(bed: TestBed, size: number): Promise<string> {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const metadata = `room ${encoded(bed.people.room)},filename ${encoded('a.bin')}`;
  const answer = await fetch(`${bed.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...headers(bed), 'upload-length': `${size}`, 'upload-metadata': metadata },
  });
  const path = answer.headers.get('location');
  if (path === null) throw new Error(`A file was not announced: ${await answer.text()}`);
  return path;
}

async function sent(bed: TestBed, path: string, bytes: Buffer): Promise<Taken> {
  const head = await fetch(`${bed.url}${path}`, { method: 'HEAD', headers: headers(bed) });
  const offset = Number(head.headers.get('upload-offset'));
  const answer = await fetch(`${bed.url}${path}`, {
    method: 'PATCH',
    headers: { ...headers(bed), 'upload-offset': `${offset}`, 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes.subarray(offset)),
  });
  const text = await answer.text();
  return { status: answer.status, code: text === '' ? undefined : JSON.parse(text).error?.code };
}

async function isThere(bed: TestBed, file: FileId): Promise<boolean> {
  const answer = await fetch(`${bed.url}/api/v1/files/${file}/content`, { headers: headers(bed) });
  return answer.status === 200 && (await answer.arrayBuffer()).byteLength === megabyte;
}

/** The bytes of what was deleted go a moment later. */
async function goneOn(bed: TestBed, path: string, bytes: Buffer): Promise<Taken> {
  const untilMs = performance.now() + 20_000;
  for (;;) {
    const taken = await sent(bed, path, bytes);
    if (taken.status === 204 || performance.now() > untilMs) return taken;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
