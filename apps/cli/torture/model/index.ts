import { runModel } from '@confab/chat/testing';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';

export interface ModelOptions {
  sequences: number;
  /** 0: another one each time; a failure names it. */
  seed: number;
}

/** Bar 14: what people do in a room, at random, against a model of it. The chat's own tests run the short form. */
export async function run({ sequences, seed }: ModelOptions): Promise<Figure[]> {
  const chosen = seed === 0 ? Date.now() % 0x7fff_ffff : seed;
  try {
    const figures = await runModel({ sequences, seed: chosen });
    return [
      atLeast('sequences', figures.sequences, sequences),
      told('steps', figures.steps),
      told('seed', String(chosen)),
      atMost('divergences', 0, 0),
    ];
  } catch (error) {
    return [told('seed', String(chosen)), atMost('divergences', 1, 0), told('the shortest', String(error))];
  }
}
