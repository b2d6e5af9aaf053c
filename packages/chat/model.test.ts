import { describe, expect, it } from 'vitest';
import { runModel } from './testing/run-model.ts';

/** The short form; `npm run torture -- model` runs many more. */
const sequences = Number(process.env.CONFAB_MODEL_SEQUENCES ?? 300);

describe('a room', () => {
  it('is as its model says after any sequence of what people do', async () => {
    const figures = await runModel({ sequences, seed: 14 });
    expect(figures.sequences).toBe(sequences);
    expect(figures.steps).toBeGreaterThan(sequences);
  }, 600_000);
});
