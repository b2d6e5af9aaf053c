import type { CustomEmoji } from '@confab/protocol';

/** Where the picture of a space's emoji is; what it holds never changes. */
export const pictureAddress = ({ space, picture }: CustomEmoji): string =>
  `/api/v1/spaces/${space}/pictures/${picture}`;
