import { Refusal } from '@confab/protocol/errors.ts';

const oneEmoji = /^\p{RGI_Emoji}$/v;

/** Refuses what is not one emoji that everybody can be shown. */
export function checkEmoji(emoji: string): void {
  if (!oneEmoji.test(emoji)) throw new Refusal('invalid-params', { path: '/emoji', problem: 'not one emoji' });
}
