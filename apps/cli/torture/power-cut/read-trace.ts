import { createReadStream } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Recording } from './record.ts';

/** What the recorded process did to its disk, in order; `name` is a file's name in the data folder. */
export type DiskEvent =
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'write'; readonly name: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly name: string; readonly length: number }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'sync'; readonly name: string }
  /** Linux forgets what it could not sync: a later sync that succeeds does not bring it to disk. */
  | { readonly kind: 'sync-failed'; readonly name: string }
  | { readonly kind: 'sync-folder' }
  | { readonly kind: 'acknowledge'; readonly ids: readonly number[] };

/** One finished call: its name and what stands in its parentheses. */
interface Call {
  readonly name: string;
  readonly inside: string;
  readonly failed: boolean;
}

type Reader = (inside: string, folder: string) => DiskEvent | undefined;

/** How each traced call is read. A call that returned an error changed nothing and is not asked about, but for syncs. */
const readers: Readonly<Record<string, Reader>> = {
  openat(inside, folder) {
    const path = decode(/, "([^"]*)", O_\S*O_CREAT/.exec(inside)?.[1]);
    return path === undefined ? undefined : named(path, folder, (name) => ({ kind: 'create', name }));
  },
  pwrite64(inside, folder) {
    const [, path, bytes, offset] = /^\d+<([^>]*)>, "([^"]*)", \d+, (\d+)/.exec(inside) ?? [];
    if (bytes === undefined || offset === undefined) return undefined;
    return named(decode(path), folder, (name) => ({
      kind: 'write',
      name,
      offset: Number(offset),
      bytes: decodeBytes(bytes),
    }));
  },
  ftruncate(inside, folder) {
    const [, path, length] = /^\d+<([^>]*)>, (\d+)/.exec(inside) ?? [];
    return named(decode(path), folder, (name) => ({ kind: 'truncate', name, length: Number(length) }));
  },
  unlink(inside, folder) {
    return named(decode(/"([^"]*)"/.exec(inside)?.[1]), folder, (name) => ({ kind: 'unlink', name }));
  },
  rename(inside) {
    throw new Error(`the replay knows no rename, and the writer did one: ${inside}`);
  },
  fsync: readSync,
  fdatasync: readSync,
};

function readSync(inside: string, folder: string): DiskEvent | undefined {
  const path = decode(/^\d+<([^>]*)>$/.exec(inside)?.[1]);
  if (path === folder) return { kind: 'sync-folder' };
  return named(path, folder, (name) => ({ kind: 'sync', name }));
}

/** The events of a recording that concern its database, and its acknowledgements among them. */
export async function readTrace({ trace, dataFile }: Pick<Recording, 'trace' | 'dataFile'>): Promise<DiskEvent[]> {
  const folder = dirname(dataFile);
  const database = basename(dataFile);
  // The shared memory is built anew at every opening; the lock and the process id hold no data.
  const kept = new Set([database, `${database}-wal`, `${database}-journal`]);
  const events: DiskEvent[] = [];
  const unfinished = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(trace) })) {
    const [, process, rest] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (process === undefined || rest === undefined) continue;
    // Heard from its beginning on: the first moment at which someone outside may have read it.
    if (rest.startsWith('write(1<')) {
      const ids = acknowledgedIn(rest);
      if (ids.length > 0) events.push({ kind: 'acknowledge', ids });
      continue;
    }
    const call = finished(process, rest, unfinished);
    const event = call && eventOf(call, folder);
    if (event !== undefined && (!('name' in event) || kept.has(event.name))) events.push(event);
  }
  return events;
}

function eventOf(call: Call, folder: string): DiskEvent | undefined {
  const event = readers[call.name]?.(call.inside, folder);
  if (!call.failed) return event;
  return event?.kind === 'sync' ? { kind: 'sync-failed', name: event.name } : undefined;
}

/** Changes count from the end of their call on. A call that others interrupted in the trace is put together again. */
function finished(process: string, text: string, unfinished: Map<string, string>): Call | undefined {
  if (text.endsWith('<unfinished ...>')) {
    unfinished.set(process, text.slice(0, -'<unfinished ...>'.length).trimEnd());
    return undefined;
  }
  const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1];
  const whole = resumed === undefined ? text : (unfinished.get(process) ?? '') + resumed;
  const [, name, inside, result] = /^(\w+)\((.*)\) += (-?\d+)/.exec(whole) ?? [];
  if (name === undefined || inside === undefined) return undefined;
  return { name, inside, failed: Number(result) < 0 };
}

function acknowledgedIn(write: string): number[] {
  const text = decode(/, "([^"]*)"/.exec(write)?.[1]) ?? '';
  return [...text.matchAll(/^acknowledged (\d+)$/gm)].map(([, id]) => Number(id));
}

function named(path: string | undefined, folder: string, event: (name: string) => DiskEvent): DiskEvent | undefined {
  return path !== undefined && dirname(path) === folder ? event(basename(path)) : undefined;
}

function decode(hexadecimal: string | undefined): string | undefined {
  return hexadecimal === undefined ? undefined : decodeBytes(hexadecimal).toString('utf8');
}

function decodeBytes(hexadecimal: string): Buffer {
  return Buffer.from(hexadecimal.replaceAll('\\x', ''), 'hex');
}
