export { addBlock } from './add-block.ts';
export { blockersOf, blocksOf } from './block-store.ts';
export { listBlocks } from './list-blocks.ts';
export { refuseBlockedEdit, refuseBlockedPost } from './refuse-blocked.ts';
export { removeBlock } from './remove-block.ts';
