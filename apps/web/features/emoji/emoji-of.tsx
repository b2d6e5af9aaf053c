import { customEmojiName } from '@confab/protocol/custom-emoji-name.ts';
import { type ReactNode, Suspense } from 'react';
import { lazy } from '../../ui/lazy.ts';

/** Only for texts that name one. */
const Named = lazy(() => import('./custom-emoji.tsx'));

/** `:name:` in a text: a picture where the room's space has one of that name. */
export function NamedEmoji({ name }: { name: string }): ReactNode {
  return (
    <Suspense fallback={`:${name}:`}>
      <Named name={name} />
    </Suspense>
  );
}

/** An emoji, which may be `:name:` of one that a space has; a name that is there no more is text. */
export function EmojiOf({ emoji }: { emoji: string }): ReactNode {
  const name = customEmojiName(emoji);
  return name === null ? emoji : <NamedEmoji name={name} />;
}
