export { listPins } from './list-pins.ts';
export { pinMessage } from './pin-message.ts';
export { countPins, dropPin, insertPin, isPinned, pinsOf } from './pin-store.ts';
export { unpinMessage } from './unpin-message.ts';
