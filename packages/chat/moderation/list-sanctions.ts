import { peopleByIds } from '../accounts/index.ts';
import { operation } from '../operation.ts';
import { bansIn } from './ban-store.ts';
import { mutesIn } from './mute-store.ts';

export const listSanctions = operation({
  name: 'moderation.sanctions',
  kind: 'read',
  access: { who: 'space', atLeast: 'moderator' },
  limit: 'read',
  *run({ reached, tx }) {
    const mutes = yield* mutesIn(reached.id, tx.now);
    const bans = yield* bansIn(reached.id, tx.now);
    const named = [...mutes.map(({ user }) => user), ...bans.flatMap(({ user, by }) => [user, by])];
    return { mutes, bans, people: yield* peopleByIds([...new Set(named)]) };
  },
});
