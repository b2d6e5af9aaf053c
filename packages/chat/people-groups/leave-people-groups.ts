import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';
import { groupsWith, setGroupPeople } from './group-store.ts';
import { tellGroup } from './tell-group.ts';

/** Who leaves a space leaves its groups. */
export function* leavePeopleGroups(tx: Transaction, { space, user, by }: FactOf<'space-left'>): Step<void> {
  for (const group of yield* groupsWith(space, user)) {
    const people = group.people.filter((person) => person !== user);
    yield* setGroupPeople(group.id, people);
    yield* tellGroup(tx, { ...group, people }, by);
  }
}
