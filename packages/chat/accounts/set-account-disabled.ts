import type { UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import type { Transaction } from '../transaction.ts';
import { peopleByIds, setDisabled } from './account-store.ts';
import { revokeAll } from './session-store.ts';
import { tellPersonChanged } from './tell-person-changed.ts';

/**
 * Switches an account off or on. Not a command: it belongs to whoever runs the instance. Off ends all sessions at
 * once; the person stays a member of their rooms. Saying again what is so already changes nothing.
 * @throws `Refusal('not-found')`
 */
export function* setAccountDisabled(tx: Transaction, input: { user: UserId; disabled: boolean }): Step<void> {
  if ((yield* peopleByIds([input.user])).length === 0) throw new Refusal('not-found');
  if (!(yield* setDisabled(input.user, input.disabled ? tx.now : null))) return;
  yield* tellPersonChanged(tx, input.user, null);
  if (!input.disabled) return;
  tx.revokeSessions(input.user, yield* revokeAll(input.user, null, tx.now));
  yield* tx.happened<'account-disabled'>({ kind: 'account-disabled', user: input.user });
}
