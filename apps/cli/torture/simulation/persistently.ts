import type { Dice } from './dice.ts';
import type { World } from './world.ts';

/** Does something over any node until it is done or refused; by the owner, if not told otherwise. Answers with the result. */
export async function persistently(
  world: World,
  dice: Dice,
  command: string,
  params: unknown,
  token: string | (() => string) = world.owner.token,
): Promise<unknown> {
  const answer = await world.untilDone(dice, async (node) => {
    const told = await node.ask(typeof token === 'string' ? token : token(), command, params);
    return 'result' in told || told.error.retry === 'never' ? told : undefined;
  });
  return answer !== undefined && 'result' in answer ? answer.result : undefined;
}
