import { spaceLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { spacesOf } from './space-store.ts';

/** Tells each space of a person how the person looks now. */
export function* tellSpacesOfPerson(tx: Transaction, { person }: FactOf<'person-changed'>): Step<void> {
  for (const space of yield* spacesOf(person.id)) {
    yield* append(tx, { log: spaceLog(space.id), name: 'space.person-changed', by: person.id, data: { person } });
  }
}
