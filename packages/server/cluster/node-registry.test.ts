import type { KnownNode } from '@confab/chat';
import { FakeTime } from '@confab/engine/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusterLimits as limits } from './limits.ts';
import { NodeRegistry, type NodeStore } from './node-registry.ts';

/** The table that nodes share, in memory. */
class Table implements NodeStore {
  readonly rows = new Map<string, KnownNode>();
  isAway = false;
  looks = 0;

  async renew(node: KnownNode): Promise<void> {
    this.#check();
    this.rows.set(node.name, node);
  }

  async known(): Promise<KnownNode[]> {
    this.#check();
    this.looks += 1;
    return [...this.rows.values()];
  }

  async forget({ name, seenAt }: Pick<KnownNode, 'name' | 'seenAt'>): Promise<void> {
    this.#check();
    if (this.rows.get(name)?.seenAt === seenAt) this.rows.delete(name);
  }

  #check(): void {
    if (this.isAway) throw new Error('away');
  }
}

let time: FakeTime;
let table: Table;
let one: NodeRegistry;
let other: NodeRegistry;
const gone: string[] = [];

function registry(name: string, clockMs = 0): NodeRegistry {
  const { clock, timers } = time;
  const apart = { now: () => clock.now() + clockMs, monotonic: () => clock.monotonic() };
  return new NodeRegistry(name, { store: table, clock: apart, timers, report: () => {}, limits });
}

beforeEach(async () => {
  time = new FakeTime();
  table = new Table();
  gone.length = 0;
  one = registry('aaaaaaaa');
  // Its clock is a day behind.
  other = registry('bbbbbbbb', -86_400_000);
  one.onGone((name) => gone.push(name));
  await one.begin('http://10.0.0.1:1');
  await other.begin('http://10.0.0.2:2');
});
afterEach(async () => {
  await one.leave();
  await other.leave();
});

/** Asks for a node while time goes on. */
async function find(from: NodeRegistry, name: string) {
  const found = from.find(name);
  await time.advance(limits.lookMs);
  return found;
}

/** It is not heard of again, as when its process was killed. */
async function killOther(): Promise<void> {
  const row = table.rows.get('bbbbbbbb');
  await other.leave();
  if (row) table.rows.set('bbbbbbbb', row);
}

describe('a node', () => {
  it('finds another that has started since it looked last, wherever that one’s clock is', async () => {
    expect(one.living).toEqual([]);
    expect(await find(one, 'bbbbbbbb')).toMatchObject({ name: 'bbbbbbbb', url: 'http://10.0.0.2:2' });
  });

  it('goes on finding it while it says that it lives', async () => {
    await time.advance(10 * limits.goneMs);
    expect(one.living.map(({ name }) => name)).toEqual(['bbbbbbbb']);
    expect(gone).toEqual([]);
  });

  it('takes one for dead that says nothing any more, and forgets it later', async () => {
    await time.advance(limits.renewMs);
    await killOther();
    await time.advance(limits.goneMs - 2 * limits.renewMs);
    expect(one.living).toHaveLength(1);
    await time.advance(3 * limits.renewMs);
    expect(one.living).toEqual([]);
    expect(gone).toEqual(['bbbbbbbb']);
    await time.advance(limits.forgetMs);
    expect([...table.rows.keys()]).toEqual(['aaaaaaaa']);
  });

  it('knows at its next look that another has left', async () => {
    await time.advance(limits.renewMs);
    await other.leave();
    await time.advance(2 * limits.renewMs);
    expect(gone).toEqual(['bbbbbbbb']);
    expect(one.living).toEqual([]);
  });

  it('takes nobody for dead while it cannot look', async () => {
    await time.advance(limits.renewMs);
    table.isAway = true;
    await time.advance(20 * limits.goneMs);
    expect(one.living).toHaveLength(1);
    expect(one.reachesDatabase).toBe(false);
    table.isAway = false;
    await time.advance(2 * limits.renewMs);
    expect(one.living).toHaveLength(1);
    expect(one.reachesDatabase).toBe(true);
    expect(gone).toEqual([]);
  });

  it('passes nothing to one that could not be reached, until that one says something new', async () => {
    await time.advance(limits.renewMs);
    one.unreachable('bbbbbbbb');
    expect(await find(one, 'bbbbbbbb')).toBeUndefined();
    await time.advance(2 * limits.renewMs);
    expect(await find(one, 'bbbbbbbb')).toBeDefined();
  });

  it('looks a few times a second at most for names that nobody has', async () => {
    const before = table.looks;
    const asked = Array.from({ length: 500 }, (_, index) => one.find(`zzzzz${String(index).padStart(3, '0')}`));
    await time.advance(limits.lookMs);
    expect(new Set(await Promise.all(asked))).toEqual(new Set([undefined]));
    expect(table.looks - before).toBe(1);
  });
});

describe('a word of a node', () => {
  const beatOf = (name: string) => table.rows.get(name)?.seenAt ?? 0;

  it('is good until a while after the next one', async () => {
    const first = beatOf('aaaaaaaa');
    expect(one.isGood(first)).toBe(true);
    await time.advance(limits.renewMs + limits.lookMs);
    expect(beatOf('aaaaaaaa')).not.toBe(first);
    expect(one.isGood(first)).toBe(true);
    await time.advance(limits.signatureMs);
    expect(one.isGood(first)).toBe(false);
    expect(one.isGood(beatOf('aaaaaaaa'))).toBe(true);
    expect(one.isGood(beatOf('aaaaaaaa') + 1)).toBe(false);
  });

  it('stays good while no new one can be stored', async () => {
    const last = beatOf('aaaaaaaa');
    table.isAway = true;
    await time.advance(10 * limits.signatureMs);
    expect(one.isGood(last)).toBe(true);
    table.isAway = false;
    await time.advance(limits.renewMs + limits.signatureMs + limits.renewMs);
    expect(one.isGood(last)).toBe(false);
  });
});
