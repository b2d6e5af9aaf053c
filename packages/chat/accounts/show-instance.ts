import { operation } from '../operation.ts';
import { isSetUp } from './account-store.ts';

export const showInstance = operation({
  name: 'instance.show',
  kind: 'read',
  access: { who: 'anyone' },
  limit: 'visit',
  *run({ prepared }) {
    return { ...prepared.instance, setUp: yield* isSetUp() };
  },
});
