import type { PeopleGroup, UserId } from '@confab/protocol';
import { spaceLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';

/** Tells a space that one of its groups looks like this now. */
export function* tellGroup(tx: Transaction, group: PeopleGroup, by: UserId): Step<void> {
  yield* append(tx, { log: spaceLog(group.space), name: 'space.people-group-changed', by, data: { group } });
}
