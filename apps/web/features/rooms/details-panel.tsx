import type { RoomState } from '@confab/client';
import { useConfab, usePins } from '@confab/client/react';
import type { Notify } from '@confab/protocol';
import { ChevronRight, Files, Link2, Pin, Settings, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { formatRoute, roomRoute } from '../../app/route.ts';
import { Panel, PanelBody } from '../../app/shell/panel.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { notifyOptions } from '../mentions/notify-options.ts';
import { formatDay } from '../messages/format-time.ts';
import { Markdown } from '../messages/markdown/markdown.tsx';
import styles from './details-panel.module.css';
import type { RoomPanelProps } from './room-panel.tsx';

/** What a room is for, where it came from, and what one is told of it. */
export default function DetailsPanel({ room, route }: RoomPanelProps) {
  const { go } = useNavigation();
  const dialogs = useDialogs();
  const { info } = room;
  return (
    <Panel title={t('Details')} onClose={() => go({ ...route, panel: null })}>
      <PanelBody>
        <div className={styles.details}>
          <Part title={t('Topic')}>
            {info.topic === '' ? <p className={styles.none}>{t('No topic yet.')}</p> : <p dir="auto">{info.topic}</p>}
          </Part>
          <Part title={t('Description')}>
            {info.description === undefined ? (
              <p className={styles.none}>{t('No description yet.')}</p>
            ) : (
              <Markdown text={info.description} />
            )}
          </Part>
          {info.archivedAt === null ? (
            <Button
              size="small"
              icon={<Settings size={15} aria-hidden />}
              onClick={() => dialogs.open({ kind: 'room-settings', room: info.id })}
            >
              {t('Change')}
            </Button>
          ) : null}
          <Ways room={room} onPanel={(panel) => go({ ...route, panel })} />
          <Told room={room} />
          <Part title={t('Made by')}>
            <p>
              <PersonName user={info.createdBy} />
            </p>
            <p className={styles.none}>{formatDay(info.createdAt, Date.now())}</p>
          </Part>
        </div>
      </PanelBody>
    </Panel>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </section>
  );
}

/** To what else there is beside the room. */
function Ways({ room, onPanel }: { room: RoomState; onPanel: (panel: 'members' | 'pins' | 'files') => void }) {
  const toasts = useToasts();
  const pins = usePins(room.info.id);
  const copy = () => {
    const link = location.origin + formatRoute(roomRoute(room.info.id));
    toasts.attempt(navigator.clipboard.writeText(link), t('The link was copied.'));
  };
  return (
    <ul className={styles.ways}>
      <Way
        icon={<Users size={17} aria-hidden />}
        label={t('Members')}
        count={room.memberCount}
        onGo={() => onPanel('members')}
      />
      <Way
        icon={<Pin size={17} aria-hidden />}
        label={t('Pinned messages')}
        count={pins?.length}
        onGo={() => onPanel('pins')}
      />
      <Way icon={<Files size={17} aria-hidden />} label={t('Files')} onGo={() => onPanel('files')} />
      <Way icon={<Link2 size={17} aria-hidden />} label={t('Copy link to room')} leads={false} onGo={copy} />
    </ul>
  );
}

interface WayProps {
  icon: ReactNode;
  label: string;
  count?: number | undefined;
  /** Shows something else in its place. */
  leads?: boolean;
  onGo: () => void;
}

function Way({ icon, label, count, leads = true, onGo }: WayProps) {
  return (
    <li>
      <button type="button" className={styles.way} onClick={onGo}>
        {icon}
        <span className={styles.label}>{label}</span>
        {count === undefined ? null : <span className={styles.count}>{count}</span>}
        {leads ? <ChevronRight size={15} aria-hidden data-mirrored /> : null}
      </button>
    </li>
  );
}

function Told({ room: { info, membership } }: { room: RoomState }) {
  const confab = useConfab();
  const toasts = useToasts();
  if (membership === null) return null;
  const set = (notify: Notify) => toasts.attempt(confab.rooms.setNotifications(info.id, notify, membership.mutedUntil));
  return (
    <SelectField label={t('Tell me of')} value={membership.notify} options={notifyOptions(info.kind)} onChange={set} />
  );
}
