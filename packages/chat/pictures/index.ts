export { pictureBy } from './picture-store.ts';
export { removeAccountPicture } from './remove-account-picture.ts';
export { removeRoomPicture } from './remove-room-picture.ts';
export { removeSpacePicture } from './remove-space-picture.ts';
export { setAccountPicture } from './set-account-picture.ts';
export { setRoomPicture } from './set-room-picture.ts';
export { setSpacePicture } from './set-space-picture.ts';
export { showPicture } from './show-picture.ts';
