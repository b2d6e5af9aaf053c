import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { simulate } from './simulate.ts';

export interface SimulationOptions {
  seeds: number;
  /** The first of them; the others follow it. */
  seed: number;
}

/** Bar 13: whole clusters under a seed, with faults. `--seeds 1 --seed N` makes a failure again. */
export async function run({ seeds, seed }: SimulationOptions): Promise<Figure[]> {
  const totals = { runs: 0, sends: 0, acknowledged: 0, events: 0, latestMs: 0 };
  const failed: Figure[] = [];
  let lastHash = '';
  for (let index = 0; index < seeds; index += 1) {
    const result = await simulate(seed + index);
    totals.runs += 1;
    totals.sends += result.sends;
    totals.acknowledged += result.acknowledged;
    totals.events += result.events;
    totals.latestMs = Math.max(totals.latestMs, result.latestMs);
    lastHash = result.hash;
    for (const wrong of result.wrongs) failed.push(told(`under seed ${result.seed}`, wrong));
  }
  return [
    atLeast('seeds', totals.runs, seeds),
    told('messages sent', totals.sends),
    told('acknowledged', totals.acknowledged),
    told('events seen by devices', totals.events),
    atMost('heard after the right to it was stored as lost, at most', Math.round(totals.latestMs), 5_000, 'ms'),
    told('trace of the last', lastHash),
    atMost('what does not hold', failed.length, 0),
    ...failed.slice(0, 20),
  ];
}
