export { listPins } from './list-pins.ts';
export { pinMessage } from './pin-message.ts';
export { dropPin, pinsOf } from './pin-store.ts';
export { unpinMessage } from './unpin-message.ts';
