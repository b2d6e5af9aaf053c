import type { RoomState } from '@confab/client';
import { useConfab, useRooms } from '@confab/client/react';
import type { ClientId, RoomId } from '@confab/protocol';
import { DoorOpen, Send } from 'lucide-react';
import { useState } from 'react';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useAction } from '../../app/use-action.ts';
import { perLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page, PageSection } from '../../ui/page.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { lastRoom } from '../rooms/last-room.ts';
import { arrivalSummary } from './arrival-summary.ts';
import { DoorCard } from './door-card.tsx';
import styles from './doors-page.module.css';
import { useWatches } from './use-watches.ts';
import { watches, watchGroups } from './watches/index.ts';

/** Every way to this server side by side, on one room: the same message through each, and how long it took. */
export default function DoorsPage() {
  const rooms = useRooms().filter(({ info }) => info.archivedAt === null);
  const [chosen, setChosen] = useState<RoomId | null>(() => lastRoom.read());
  const room = rooms.find(({ info }) => info.id === chosen) ?? rooms[0];
  return (
    <Page title={t('Doors')} before={<BackButton />} wide>
      {room === undefined ? (
        <EmptyState icon={<DoorOpen size={24} />} title={t('No room to try them in')}>
          {t('Join or create a room first.')}
        </EmptyState>
      ) : (
        <Doors key={room.info.id} room={room} rooms={rooms} onChoose={setChosen} />
      )}
    </Page>
  );
}

interface DoorsProps {
  room: RoomState;
  rooms: readonly RoomState[];
  onChoose: (room: RoomId) => void;
}

const beforeFirst = () => t('It is posted in the room like any other message; everyone there sees it.');

const clock = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
);

/** What is said of the message `sent`: once, and it stays until the next one has arrived. */
interface Told {
  sent: string | null;
  text: string;
}

function Doors({ room, rooms, onChoose }: DoorsProps) {
  const confab = useConfab();
  const { id } = room.info;
  const { figures, sent, sending } = useWatches(id);
  const { run, busy, failure } = useAction(async () => {
    const clientId = crypto.randomUUID() as ClientId;
    sending(clientId);
    await confab.call('message.post', {
      room: id,
      clientId,
      text: t('Through every door at {time}', { time: clock().format(new Date()) }),
    });
  });
  const slowest = Math.max(1, ...figures.map(({ arrivals }) => arrivals.at(-1) ?? 0));
  const doors = watches.flatMap((watch, index) => {
    const shown = figures[index];
    return shown === undefined ? [] : [{ name: t(watch.name), watch, figures: shown }];
  });
  const [told, setTold] = useState<Told>(() => ({ sent: null, text: beforeFirst() }));
  const text = told.sent === sent ? null : arrivalSummary(sent, doors);
  if (text !== null) setTold({ sent, text });
  return (
    <>
      <div className={styles.lead}>
        <p>
          {t(
            'Any client meets in the same rooms. Each card below is a connection of its own from this page to the server. Send a message and see it arrive through every one of them, and what each costs.',
          )}
        </p>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
        >
          <SelectField
            label={t('Room')}
            value={id}
            options={rooms.map(({ info }) => ({ value: info.id, label: info.name }))}
            onChange={onChoose}
          />
          <Button type="submit" look="primary" busy={busy} icon={<Send size={16} aria-hidden data-mirrored />}>
            {t('Send a message')}
          </Button>
        </form>
        <p className={styles.hint} role="status">
          {told.text}
        </p>
        {failure ? <Banner tone="danger">{failure}</Banner> : null}
      </div>
      {watchGroups.map((group) => (
        <PageSection key={group.title} title={t(group.title)}>
          <ul className={styles.doors} aria-label={t(group.title)}>
            {doors
              .filter(({ watch }) => group.watches.includes(watch))
              .map(({ name, watch, figures: shown }) => (
                <DoorCard key={name} watch={watch} figures={shown} slowestMs={slowest} />
              ))}
          </ul>
        </PageSection>
      ))}
    </>
  );
}
