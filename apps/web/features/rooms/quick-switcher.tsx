import type { RoomState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useCurrentSpace } from '../spaces/current-space.tsx';
import styles from './quick-switcher.module.css';
import { rankRooms } from './rank-rooms.ts';
import { RoomIcon } from './room-icon.tsx';
import { useTitleOf } from './use-room-title.ts';

/** Rooms shown at most; more letters bring up the rest. */
const maxShown = 50;

/** A few letters and Enter: the quickest way into a room. */
export default function QuickSwitcher({ onClose }: { onClose: () => void }) {
  const rooms = useStore(useConfab().rooms.list);
  const { go } = useNavigation();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useId();
  const titleOf = useTitleOf();
  const found = rankRooms(rooms, typed, titleOf).slice(0, maxShown);
  const open = (index: number) => {
    const room = found[index];
    if (room === undefined) return;
    onClose();
    go(roomRoute(room.info.id));
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') open(chosen);
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0 || found.length === 0) return;
    event.preventDefault();
    const next = (chosen + by + found.length) % found.length;
    setChosen(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Dialog title="Jump to a room or person" size="command" onClose={onClose}>
      <div className={styles.search}>
        <Search size={18} aria-hidden />
        <input
          className={styles.input}
          autoFocus
          role="combobox"
          aria-label="Jump to a room"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={found.length > 0 ? `${list}-${chosen}` : undefined}
          placeholder="Jump to a room"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div id={list} role="listbox" aria-label="Rooms" className={styles.list}>
        {found.map((room, index) => (
          <Option
            key={room.info.id}
            id={`${list}-${index}`}
            room={room}
            title={titleOf(room.info)}
            selected={index === chosen}
            onPoint={() => setChosen(index)}
            onOpen={() => open(index)}
          />
        ))}
      </div>
      {found.length === 0 ? <p className={styles.none}>No room of yours is called that.</p> : null}
    </Dialog>
  );
}

interface OptionProps {
  id: string;
  room: RoomState;
  title: string;
  selected: boolean;
  onPoint: () => void;
  onOpen: () => void;
}

function Option({ id, room, title, selected, onPoint, onOpen }: OptionProps) {
  const { spaces } = useCurrentSpace();
  const { info, unread } = room;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text field's
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className={styles.option}
      onPointerMove={onPoint}
      onClick={onOpen}
    >
      <RoomIcon room={info} />
      <span className={styles.name}>
        <bdi>{title}</bdi>
      </span>
      {spaces.length > 1 ? (
        <span className={styles.space}>{spaces.find((space) => space.id === info.space)?.name}</span>
      ) : null}
      <CountBadge count={info.archivedAt === null ? unread : 0} unit="unread" />
    </div>
  );
}
