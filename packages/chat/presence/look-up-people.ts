import { knownTo, peopleByIds } from '../accounts/index.ts';
import { operation } from '../operation.ts';

export const lookUpPeople = operation({
  name: 'person.look-up',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }, { users }) {
    const known = yield* knownTo(actor.user, users);
    return { people: yield* peopleByIds(known.map((person) => person.user)) };
  },
});
