import type { Params } from '@confab/protocol';
import type { Situation } from './authorisation-table.ts';
import type { AuthorisationWorld } from './authorisation-world.ts';
import type { TestPerson } from './test-chat.ts';

/** A browser that has not subscribed yet. */
const newBrowser = (world: AuthorisationWorld): Params<'push.subscribe'> => ({
  endpoint: `https://push.example.org/${world.name()}`,
  keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
});

async function ofAsker(world: AuthorisationWorld, situation: Situation, asker: TestPerson | null) {
  const owner = situation === 'own' && asker ? asker : world.founder;
  const { subscription } = await world.host.do(owner, 'push.subscribe', newBrowser(world));
  return { subscription: subscription.id };
}

/** What the commands for subscriptions are asked with. */
export const pushParams = {
  'push.list': () => ({}),
  'push.subscribe': newBrowser,
  'push.unsubscribe': ofAsker,
  'push.test': ofAsker,
};
