import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

/** Work that ends when the test says so. */
function work() {
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const run = (gate: Gate, number: number): Promise<number> =>
    gate.run(() => {
      started.push(number);
      return new Promise((resolve) => finish.push(() => resolve(number)));
    });
  return { started, finish, run };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a gate', () => {
  it('lets in as many as its width, and the others in their order', async () => {
    const { started, finish, run } = work();
    const gate = new Gate(2, 10);
    const all = [1, 2, 3, 4, 5].map((number) => run(gate, number));
    await turn();
    expect(started).toEqual([1, 2]);
    finish[1]?.();
    await turn();
    expect(started).toEqual([1, 2, 3]);
    for (let i = 0; i < 5; i += 1) {
      for (const end of finish) end();
      await turn();
    }
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5]);
    expect(started).toEqual([1, 2, 3, 4, 5]);
  });

  it('refuses those for whom there is no room in line', async () => {
    const { finish, run } = work();
    const gate = new Gate(1, 1);
    const [first, second] = [run(gate, 1), run(gate, 2)];
    await expect(run(gate, 3)).rejects.toMatchObject({ code: 'overloaded' });
    await turn();
    finish[0]?.();
    await first;
    await turn();
    finish[1]?.();
    expect(await second).toBe(2);
  });

  it('goes on after work that failed', async () => {
    const gate = new Gate(1, 10);
    const failed = gate.run(() => Promise.reject(new Error('no')));
    const next = gate.run(async () => 'yes');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
    expect(await gate.run(async () => 'again')).toBe('again');
  });

  it('keeps nothing of a long line that has passed', async () => {
    const gate = new Gate(1, 100_000);
    await Promise.all(Array.from({ length: 5_000 }, () => gate.run(async () => {})));
    expect(gate.waitingCount).toBe(0);
    expect(await gate.run(async () => 1)).toBe(1);
  });
});
