import { useConfab, useStore } from '@confab/client/react';
import type { Status, UserId } from '@confab/protocol';
import { isQuiet, statusAt } from '@confab/protocol/quiet-hours.ts';
import { useNow } from '../../app/use-now.ts';

export interface PersonState {
  readonly status: Status | undefined;
  /** Not to be disturbed now. */
  readonly quiet: boolean;
}

/** What a person says of themselves now. */
export function useStatus(user: UserId): PersonState {
  const person = useStore(useConfab().people.person(user));
  const now = useNow();
  return { status: statusAt(person?.status, now), quiet: isQuiet(person?.doNotDisturb, now) };
}
