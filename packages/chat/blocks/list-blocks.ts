import { operation } from '../operation.ts';
import { blocksOf } from './block-store.ts';

export const listBlocks = operation({
  name: 'block.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }) {
    return { blocks: yield* blocksOf(actor.user) };
  },
});
