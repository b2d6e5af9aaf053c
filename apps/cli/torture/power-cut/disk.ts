import type { DiskEvent } from './read-trace.ts';

/** What of the changes that were not synced yet is on disk after the power was cut. */
export const survivals = ['nothing', 'everything', 'some writes', 'some sectors'] as const;
export type Survival = (typeof survivals)[number];

const sectorBytes = 512;

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly length: number };

/** One file's content, whatever name it has now. */
interface Content {
  synced: Buffer;
  readonly changes: Change[];
}

interface NameChange {
  readonly name: string;
  readonly content: Content | undefined;
}

/**
 * A disk that keeps for certain only what was synced: a file's content by syncing the file, its name by syncing the
 * folder. The rest survives a power cut or does not, in any combination; names in the order of their changes, as
 * journalling file systems have it.
 */
export class Disk {
  readonly #syncedNames = new Map<string, Content>();
  readonly #names = new Map<string, Content>();
  #nameChanges: NameChange[] = [];

  apply(event: DiskEvent): void {
    switch (event.kind) {
      case 'create':
        if (!this.#names.has(event.name)) this.#rename(event.name, { synced: Buffer.alloc(0), changes: [] });
        return;
      case 'unlink':
        this.#rename(event.name, undefined);
        return;
      case 'write':
      case 'truncate':
        this.#names.get(event.name)?.changes.push(event);
        return;
      case 'sync': {
        const content = this.#names.get(event.name);
        if (content !== undefined) content.synced = changed(content.synced, content.changes.splice(0));
        return;
      }
      case 'sync-failed':
        this.#names.get(event.name)?.changes.splice(0);
        return;
      case 'sync-folder':
        for (const change of this.#nameChanges) setName(this.#syncedNames, change);
        this.#nameChanges = [];
        return;
      case 'acknowledge':
        return;
    }
  }

  /** The files that are found after a power cut now. */
  afterCut(survival: Survival, random: () => number): Map<string, Buffer> {
    const names = new Map(this.#syncedNames);
    for (const change of this.#nameChanges.slice(0, survivingNames(survival, this.#nameChanges.length, random))) {
      setName(names, change);
    }
    const files = new Map<string, Buffer>();
    for (const [name, { synced, changes }] of names) {
      files.set(name, changed(synced, surviving(changes, survival, random)));
    }
    return files;
  }

  #rename(name: string, content: Content | undefined): void {
    const change = { name, content };
    this.#nameChanges.push(change);
    setName(this.#names, change);
  }
}

function setName(names: Map<string, Content>, { name, content }: NameChange): void {
  if (content === undefined) names.delete(name);
  else names.set(name, content);
}

function survivingNames(survival: Survival, count: number, random: () => number): number {
  if (survival === 'nothing') return 0;
  return survival === 'everything' ? count : Math.floor(random() * (count + 1));
}

function surviving(changes: readonly Change[], survival: Survival, random: () => number): Change[] {
  switch (survival) {
    case 'nothing':
      return [];
    case 'everything':
      return [...changes];
    case 'some writes':
      return changes.filter(() => random() < 0.5);
    case 'some sectors':
      return changes
        .flatMap((change) => (change.kind === 'write' ? sectorsOf(change.offset, change.bytes) : [change]))
        .filter(() => random() < 0.5);
  }
}

/** A write cut along the disk's sectors, which are the least that it writes whole. */
function sectorsOf(offset: number, bytes: Buffer): Change[] {
  const sectors: Change[] = [];
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + sectorBytes - ((offset + from) % sectorBytes));
    sectors.push({ kind: 'write', offset: offset + from, bytes: bytes.subarray(from, to) });
    from = to;
  }
  return sectors;
}

function changed(content: Buffer, changes: readonly Change[]): Buffer {
  if (changes.length === 0) return content;
  let length = content.length;
  let longest = length;
  for (const change of changes) {
    length = change.kind === 'truncate' ? change.length : Math.max(length, change.offset + change.bytes.length);
    longest = Math.max(longest, length);
  }
  const result = Buffer.alloc(longest);
  content.copy(result);
  length = content.length;
  for (const change of changes) {
    if (change.kind === 'truncate') {
      // What is cut off reads as zeros if the file grows again.
      if (change.length < length) result.fill(0, change.length, length);
      length = change.length;
    } else {
      change.bytes.copy(result, change.offset);
      length = Math.max(length, change.offset + change.bytes.length);
    }
  }
  return result.subarray(0, length);
}
