import { Agent } from 'node:http';
import type { SpaceId } from '@confab/protocol';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { HttpApi } from '../../load/http-api.ts';
import { LoadConnection, Refused } from '../../load/load-connection.ts';
import type { Population } from '../../load/population.ts';
import { TestBed } from '../../load/test-bed.ts';

export interface SingleUseOptions {
  rounds: number;
  /** Who redeem the same token together: half over WebSocket, half over HTTP. */
  people: number;
  /** Rounds in which they make an account with it; each hashes as many passwords as there are people. */
  signUps: number;
}

/** One try to redeem `token`; rejects with `Refused`. */
type Redeem = (token: string) => Promise<unknown>;

interface Tally {
  redemptions: number;
  /** Rounds in which not exactly one succeeded. */
  notOne: number;
  /** Tries that failed in another way than by the token's being used up. */
  otherwise: number;
  /** Rounds after which the space had other members than the one who was told so. */
  wronglyIn: number;
  /** Rounds after which the token still told what it is for. */
  stillUsable: number;
}

/** Bar 25: an invitation for one use, redeemed by many at once. */
export function run({ rounds, people, signUps }: SingleUseOptions): Promise<Figure[]> {
  return TestBed.with({ members: people, roomy: true }, async ({ people: population, url }) => {
    const { space } = await population.owner.api.call('space.create', { name: 'Second' });
    const tally: Tally = { redemptions: 0, notOne: 0, otherwise: 0, wronglyIn: 0, stillUsable: 0 };
    const agent = new Agent({ keepAlive: true, maxSockets: people });
    const connections: LoadConnection[] = [];
    const accepts: Redeem[] = [];
    for (const [index, { token }] of population.members.entries()) {
      if (index % 2 === 0) {
        const api = new HttpApi(url, token, agent);
        accepts.push((invite) => api.call('invite.accept', { token: invite }));
      } else {
        const connection = await LoadConnection.open(url, token);
        connections.push(connection);
        accepts.push((invite) => connection.call('invite.accept', { token: invite }));
      }
    }
    for (let round = 0; round < rounds; round += 1) await redeemTogether(population, space.id, accepts, tally);
    const newcomers = new HttpApi(url, undefined, agent);
    for (let round = 0; round < signUps; round += 1) {
      const signUp = Array.from({ length: people }, (_, index): Redeem => {
        const form = { handle: `new-${round}-${index}`, name: 'New', password: 'a long enough password' } as const;
        return (invite) => newcomers.call('account.sign-up', { ...form, invite, deliver: 'token' });
      });
      await redeemTogether(population, space.id, signUp, tally);
    }
    for (const connection of connections) connection.destroy();
    agent.destroy();
    return [
      atLeast('rounds', rounds + signUps, rounds + signUps),
      told('redemptions', tally.redemptions),
      told('  of them by signing up', people * signUps),
      atMost('rounds without exactly one success', tally.notOne, 0),
      atMost('refused otherwise than as used up', tally.otherwise, 0),
      atMost('rounds after which others were in the space', tally.wronglyIn, 0),
      atMost('tokens that could still be used', tally.stillUsable, 0),
    ];
  });
}

/** One round. Afterwards whoever came in is out again. */
async function redeemTogether(
  { owner, members }: Population,
  space: SpaceId,
  all: readonly Redeem[],
  tally: Tally,
): Promise<void> {
  const { token } = await owner.api.call('invite.create', { space, maxUses: 1 });
  const answers = await Promise.allSettled(all.map((redeem) => redeem(token)));
  const winners = answers.flatMap((answer, index) => (answer.status === 'fulfilled' ? [{ answer, index }] : []));
  tally.redemptions += answers.length;
  if (winners.length !== 1) tally.notOne += 1;
  tally.otherwise += answers.filter((answer) => answer.status === 'rejected' && !isUsedUp(answer.reason)).length;
  const inside = (await owner.api.call('space.members', { space })).members
    .map(({ person }) => person.id)
    .filter((user) => user !== owner.user);
  const toldSo = winners.map(({ answer, index }) => signedUp(answer.value) ?? members[index]?.user);
  if (String(inside.toSorted()) !== String(toldSo.toSorted())) tally.wronglyIn += 1;
  const look = await owner.api.call('invite.look-up', { token }).catch((error: unknown) => error);
  if (!isUsedUp(look)) tally.stillUsable += 1;
  for (const user of inside) await owner.api.call('space.remove-member', { space, user });
}

const isUsedUp = (error: unknown): boolean => error instanceof Refused && error.error.code === 'invite-invalid';

/** The account that a sign-up made. */
function signedUp(answer: unknown): string | undefined {
  return (answer as { me?: { id: string } }).me?.id;
}
