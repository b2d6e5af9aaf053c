import type { Person, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { personById } from './account-store.ts';

/** Tells a person's devices, and those who share a space with them, how the person looks now. */
export function* tellPersonChanged(tx: Transaction, user: UserId, by: UserId | null): Step<Person> {
  const person = yield* personById(user);
  yield* append(tx, { log: inboxLog(user), name: 'inbox.profile-changed', by, data: { me: person } });
  yield* tx.happened<'person-changed'>({ kind: 'person-changed', person });
  return person;
}
