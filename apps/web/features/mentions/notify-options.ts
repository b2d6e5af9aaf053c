import type { Notify, RoomKind } from '@confab/protocol';
import { t } from '../../language/sentences.ts';

/** What one may be told of a room. */
export const notifyOptions = (kind: RoomKind): readonly { value: Notify; label: string }[] => [
  { value: 'default', label: kind === 'channel' ? t('The usual: mentions') : t('The usual: everything') },
  { value: 'all', label: t('Every message') },
  { value: 'mentions', label: t('Mentions only') },
  { value: 'none', label: t('Nothing') },
];
