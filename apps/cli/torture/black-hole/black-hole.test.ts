import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { run } from './index.ts';
import { LossyNetwork } from './lossy-network.ts';

// Only root may make network namespaces: elsewhere the run says so.
if (process.getuid?.() !== 0) {
  test('without root the run says what it needs', async () => {
    await expect(run({ clients: 2, lost: 1 })).rejects.toThrow('root');
  });
} else {
  test('[H5] [L7] both sides notice clients whose packets are swallowed, and nothing is lost', async () => {
    const figures = await run({ clients: 20, lost: 10 });
    // Within which time is for the full run: a unit test asserts none, but someone must have noticed.
    const short = figures.filter(({ ok, value }) => !ok && !/^\d/.test(value));
    expect(short).toEqual([]);
    expect(figures.filter(({ ok, name }) => !ok && !name.includes('notice'))).toEqual([]);
  }, 720_000);

  test('the network leaves nothing behind', async () => {
    const listed = (what: string) => execFileSync('ip', what.split(' '), { encoding: 'utf8' });
    const network = await LossyNetwork.make();
    const [name = ''] = network.command.slice(-1);
    expect(listed('netns list')).toContain(name);
    await network.remove();
    expect(listed('netns list')).not.toContain(name.slice(0, -1));
    expect(listed('route')).not.toContain(network.addresses[0]);
  });
}
