import { operation } from '../operation.ts';

/** What it does to the connection is done on the main thread, when this was granted. */
export const setPresence = operation({
  name: 'presence.set',
  kind: 'read',
  access: { who: 'user' },
  limit: 'typing',
  // biome-ignore lint/correctness/useYield: an operation is a script; reaching was all that the database had to do
  *run() {
    return {};
  },
});
