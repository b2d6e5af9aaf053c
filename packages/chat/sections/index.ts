export { createSection } from './create-section.ts';
export { deleteSection } from './delete-section.ts';
export { foldSection } from './fold-section.ts';
export { moveSection } from './move-section.ts';
export { placeRoom } from './place-room.ts';
export { renameSection } from './rename-section.ts';
export { placesOf, sectionsOf } from './section-store.ts';
