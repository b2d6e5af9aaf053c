import type { GatewaySession } from '../../../session/index.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { Entered } from './entry.ts';

interface Leaving {
  readonly account: GatewaySession;
  readonly key: string;
  /** `null`: it was not let in to the end. */
  readonly entered: Entered | null;
  /** It said goodbye: its will is forgotten. */
  readonly graceful: boolean;
  readonly server: GatewayParts;
}

/** After the last packet: saves the session, publishes the will, signs out. */
export async function leave({ account, key, entered, graceful, server }: Leaving): Promise<void> {
  account.left();
  if (entered === null) return;
  const { ask, session, will, ours } = entered;
  await session.end();
  const signOut = async (): Promise<void> => {
    if (ours) await ask('account.sign-out', {});
  };
  if (will === null || graceful) return signOut();
  const publish = async (): Promise<void> => {
    await will.publish(ask);
    await signOut();
  };
  // A will is published when the session ends at the latest.
  const delayS = Math.min(will.delayS, session.expiryS, server.limits.willDelayS);
  const report = (error: unknown) => server.report('error', 'a will could not be published', { error });
  if (delayS <= 0) return publish();
  server.wills.hold(
    key,
    delayS * 1_000,
    () => void publish().catch(report),
    () => void signOut().catch(report),
  );
}
