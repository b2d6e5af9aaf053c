import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Bus } from '@confab/engine';
import { heardBy, type TwoBuses } from '@confab/engine/testing/shared-bus-contract';

const limitMs = 20_000;

/** Looks again and again. @throws when it takes too long: a test waits for real servers, never for a time. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(`It took too long until ${what}.`);
    await setTimeout(5);
  }
}

export const untilConnected = (...buses: readonly Bus[]): Promise<void> =>
  until('all are connected', () => buses.every((bus) => bus.connected));

/** Resolves when what `there` follows by now reaches it from `here`. */
export async function untilFollowed({ here, there }: Omit<TwoBuses, 'close'>): Promise<void> {
  // What was followed before is subscribed before this.
  await setImmediate();
  const topic = `probe:${Math.random()}`;
  const heard = heardBy(there);
  there.follow(topic);
  await until('a probe arrives', () => {
    here.publish({ kind: 'ephemeral', ephemeral: { topic, key: 'probe', json: '{}' } });
    return heard.some((message) => message.kind === 'ephemeral' && message.ephemeral.topic === topic);
  });
  there.unfollow(topic);
}
