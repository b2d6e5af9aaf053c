import { expect, test } from 'vitest';
import { run } from './index.ts';

// Only root may mount a disk: elsewhere the run says so.
if (process.getuid?.() !== 0) {
  test('without root the run says what it needs', async () => {
    await expect(run({ megabytes: 8, messages: 1 })).rejects.toThrow('root');
  });
} else {
  test('[I9] a full disk takes no more files, loses none, and stops nobody from writing', async () => {
    const figures = await run({ megabytes: 8, messages: 20 });
    expect(figures.filter(({ ok }) => !ok)).toEqual([]);
  }, 360_000);
}
