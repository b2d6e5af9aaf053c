import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { MediaProcessParts } from './media-process.ts';
import { OpenMedia } from './testing/open-media.ts';
import { noted, picture } from './testing/pictures.ts';

const opened: OpenMedia[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function setUp(parts: Partial<MediaProcessParts> = {}): Promise<OpenMedia> {
  const open = await OpenMedia.open(parts);
  opened.push(open);
  return open;
}

const tar = { kind: 'archive', type: 'application/x-tar', name: 'a.tar' } as const;

/** A file in which reading never comes to an end: whoever looks into it does so until they are ended. */
function endless(open: OpenMedia): string {
  const path = join(open.folder, 'endless');
  execFileSync('mkfifo', [path]);
  const handle = openSync(path, 'r+');
  onTestFinished(() => closeSync(handle));
  return path;
}

/** Whether a process has opened a file. */
function reads(pid: number, path: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((name) => readlinkSync(`/proc/${pid}/fd/${name}`) === path);
  } catch {
    return false;
  }
}

/** Processes of files that this process, or another, started. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const of = (name: string): string => {
        try {
          return readFileSync(`/proc/${pid}/${name}`, 'utf8');
        } catch {
          return '';
        }
      };
      // Behind its name, which may have any letter in it, stand its state and its parent.
      return of('cmdline').includes('media-start') && of('stat').split(') ').at(-1)?.split(' ')[1] === `${parent}`;
    });
}

async function until(condition: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 30_000;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error('Waited in vain.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const ownChildren = (): number[] => childrenOf(process.pid);

describe('the processes of files', () => {
  it('are not there before the first file, nor afterwards', async () => {
    const open = await setUp();
    expect(ownChildren()).toEqual([]);
    await open.take('a.png', await picture().png().toBuffer());
    expect(ownChildren()).toHaveLength(2);
    await open.media.close();
    expect(ownChildren()).toEqual([]);
  });

  it('do not know what this one knows', async () => {
    process.env.CONFAB_DATABASE_URL = 'postgres://confab:hush-hush@localhost/confab';
    const open = await setUp();
    await open.take('a.txt', 'text');
    delete process.env.CONFAB_DATABASE_URL;
    const [pid] = ownChildren();
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    expect(environment).toContain('TMPDIR');
    expect(environment).not.toMatch(/hush-hush|CONFAB_DATABASE_URL|HOME/);
  });

  it('that are killed in the middle are started again', async () => {
    const open = await setUp();
    const path = endless(open);
    const looking = open.media.lookInto(path, tar);
    const killed = new Set<number>();
    const busy = () => ownChildren().find((pid) => !killed.has(pid) && reads(pid, path));
    for (let attempts = 0; attempts < 2; attempts++) {
      await until(() => busy() !== undefined);
      const pid = busy() ?? 0;
      killed.add(pid);
      process.kill(pid, 'SIGKILL');
    }
    expect(await looking).toBeNull();
    expect(open.reports.map(([, , details]) => details?.why)).toEqual(['died', 'died']);
    const { looked } = await open.take('a.png', await picture().png().toBuffer());
    expect(looked?.previews).not.toHaveLength(0);
  });

  it('that take too long are ended', async () => {
    const open = await setUp({ limits: { taskMs: 200 } });
    expect(await open.media.lookInto(endless(open), tar)).toBeNull();
    expect(open.reports).toMatchObject([['info', 'a file could not be looked into', { why: 'time' }]]);
    expect(ownChildren()).toEqual([]);
  });

  it('that take too much memory are ended', async () => {
    const open = await setUp({ limits: { residentBytes: 1024 * 1024, residentCheckMs: 1 } });
    expect(await open.media.lookInto(endless(open), tar)).toBeNull();
    expect(open.reports).toMatchObject([['info', 'a file could not be looked into', { why: 'memory' }]]);
    expect(ownChildren()).toEqual([]);
  });

  it('end with the one that started them, however that ends', async () => {
    const open = await setUp();
    const path = endless(open);
    const url = (name: string) => JSON.stringify(import.meta.resolve(name));
    const program = `
      const { MediaProcess } = await import(${url('./media-process.ts')});
      const { systemPorts } = await import(${url('../../engine/system-ports.ts')});
      const media = new MediaProcess({ folder: ${JSON.stringify(join(open.folder, 'other'))}, report() {}, ...systemPorts() });
      const told = media.lookInto(${JSON.stringify(path)}, ${JSON.stringify(tar)});
      await media.inspect(${JSON.stringify(await open.put('a.txt', 'text'))}, 'a.txt');
      console.log('told');
      await told;`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface(parent.stdout), 'line');
    await until(() => childrenOf(parent.pid ?? 0).some((pid) => reads(pid, path)));
    const children = childrenOf(parent.pid ?? 0);
    expect(children).toHaveLength(2);
    parent.kill('SIGKILL');
    await until(() => children.every(hasEnded));
  });
});

/** Whether nothing runs any more under this number. */
function hasEnded(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

describe('a file', () => {
  it('is named by its hash, and by another one where something was taken out', async () => {
    const open = await setUp();
    const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64url');
    const plain = await picture().jpeg().toBuffer();
    const path = await open.put('a.jpg', plain);
    expect(await open.media.inspect(path, 'a.jpg')).toMatchObject({ path, hash: sha256(plain), given: sha256(plain) });
    const given = await noted(picture()).jpeg().toBuffer();
    const taken = await open.take('b.jpg', given);
    expect(taken).toMatchObject({ given: sha256(given), hash: sha256(taken.kept), size: taken.kept.length });
    expect(taken.size).toBeLessThan(given.length);
    expect(await readFile(join(open.folder, 'b.jpg'))).toEqual(given);
  });

  it('that nobody could look at in time is taken all the same, as something unknown', async () => {
    const open = await setUp({ limits: { tellingBytes: 1024 * 1024, residentCheckMs: 1 } });
    const given = await noted(picture(3_000, 3_000)).png({ compressionLevel: 0 }).toBuffer();
    const path = await open.put('a.png', given);
    const told = await open.media.inspect(path, 'a.png');
    const hash = createHash('sha256').update(given).digest('base64url');
    const type = 'application/octet-stream';
    expect(told).toEqual({
      hash,
      given: hash,
      path,
      size: given.length,
      kind: 'other',
      type,
      details: {},
      hasMore: false,
    });
    expect(await open.leftovers()).toEqual([]);
  });

  it('that is not there is not taken', async () => {
    const open = await setUp();
    await expect(open.media.inspect(join(open.folder, 'none'), 'none')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('has its copies removed that nobody took', async () => {
    const open = await setUp();
    await open.take('a.txt', 'text');
    const [old, young] = ['old', 'young'].map((name) => join(open.folder, 'media', name));
    for (const path of [old, young]) await writeFile(path ?? '', '');
    const before = new Date(Date.now() - 2 * 3_600_000);
    await utimes(old ?? '', before, before);
    // It begins by looking what is left.
    await open.media.lookInto(await open.put('b.tar', ''), tar);
    expect(await open.leftovers()).toEqual(['young']);
  });
});
