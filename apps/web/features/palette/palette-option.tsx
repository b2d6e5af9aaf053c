import { ArrowRight, Search, Slash } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { t } from '../../language/sentences.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import { PresentAvatar } from '../presence/present-avatar.tsx';
import { RoomIcon } from '../rooms/room-icon.tsx';
import styles from './palette-dialog.module.css';
import type { PaletteEntry } from './palette-entry.ts';

interface PaletteOptionProps {
  id: string;
  entry: PaletteEntry;
  selected: boolean;
  onPoint: () => void;
  /** `aside`: in a tab of its own. */
  onOpen: (aside: boolean) => void;
}

export function PaletteOption({ id, entry, selected, onPoint, onOpen }: PaletteOptionProps) {
  const press = (event: MouseEvent) => {
    if (event.button > 1) return;
    event.preventDefault();
    onOpen(event.button === 1 || event.ctrlKey || event.metaKey);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text field's
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className={styles.option}
      onPointerMove={onPoint}
      onClick={press}
      onAuxClick={press}
    >
      <span className={styles.lead}>{leadOf(entry)}</span>
      <span className={styles.name}>
        <bdi>{entry.title}</bdi>
      </span>
      {entry.detail === undefined ? null : <span className={styles.detail}>{entry.detail}</span>}
      <CountBadge
        count={entry.unread ?? 0}
        spoken={t('{count, plural, one {# unread} other {# unread}}', { count: entry.unread ?? 0 })}
      />
    </div>
  );
}

const signs: Readonly<Record<'place' | 'command' | 'search', ReactNode>> = {
  place: <ArrowRight size={16} aria-hidden data-mirrored />,
  command: <Slash size={16} aria-hidden />,
  search: <Search size={16} aria-hidden />,
};

function leadOf({ kind, lead }: PaletteEntry): ReactNode {
  if (lead === undefined) return kind === 'room' || kind === 'person' ? null : signs[kind];
  return 'room' in lead ? <RoomIcon room={lead.room} /> : <PresentAvatar person={lead.person} />;
}
