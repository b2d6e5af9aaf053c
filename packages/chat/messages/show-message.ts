import { operation } from '../operation.ts';
import { messageOfReached } from './reached-message.ts';

export const showMessage = operation({
  name: 'message.show',
  kind: 'read',
  access: { who: 'message', only: 'readers' },
  limit: 'read',
  // biome-ignore lint/correctness/useYield: an operation is a script; reaching was all that the database had to do
  *run({ reached }) {
    return { message: messageOfReached(reached) };
  },
});
