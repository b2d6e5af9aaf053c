import { useConfab, useStore } from '@confab/client/react';
import type { UserId } from '@confab/protocol';
import { t } from '../../language/sentences.ts';

/** A person's name as it is now. Until it is known, a word that takes its place. */
export function PersonName({ user }: { user: UserId }) {
  const person = useStore(useConfab().people.person(user));
  return <bdi>{person?.name ?? t('Someone')}</bdi>;
}
