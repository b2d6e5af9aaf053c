export { addReaction } from './add-reaction.ts';
export { checkEmoji } from './emoji.ts';
export { listReactors } from './list-reactors.ts';
export { countEmoji, dropReactions, hasReacted, insertReaction, onItSince, reactionsOf } from './reaction-store.ts';
export { removeReaction } from './remove-reaction.ts';
