export { addToGroup } from './add-to-group.ts';
export { closeDirect } from './close-direct.ts';
export { openDirect } from './open-direct.ts';
