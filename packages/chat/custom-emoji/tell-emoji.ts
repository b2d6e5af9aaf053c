import type { CustomEmoji, UserId } from '@confab/protocol';
import { spaceLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';

/** Tells a space that one of its emoji is like this now. */
export function* tellEmoji(tx: Transaction, emoji: CustomEmoji, by: UserId): Step<void> {
  yield* append(tx, { log: spaceLog(emoji.space), name: 'space.emoji-changed', by, data: { emoji } });
}
