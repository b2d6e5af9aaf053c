import type { RoomState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { forgetShared, readShared, type SharedThings } from '../../service-worker/shared-things.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { formatSize } from '../files/file-words.ts';
import { RoomIcon } from '../rooms/room-icon.tsx';
import { useTitleOf } from '../rooms/use-room-title.ts';
import { pastedName } from './file-names.ts';
import styles from './share-page.module.css';
import { UploadName } from './upload-name.tsx';
import { UploadPicture } from './upload-picture.tsx';

/** Asks which room something is for that was shared from another program. It waits there in the composer. */
export default function SharePage() {
  const { go } = useNavigation();
  const shared = useLoaded(readShared, 'shared');
  if (shared.status === 'loading') return null;
  const { text, files }: SharedThings = shared.status === 'ready' ? shared.value : { text: '', files: [] };
  const drop = () => {
    void forgetShared();
    go({ page: 'home' });
  };
  return (
    <Page title={t('Share')} before={<BackButton />}>
      {text === '' && files.length === 0 ? (
        <EmptyState icon={<Share2 size={24} />} title={t('Nothing was shared')}>
          {t('Share a picture, a file or a link from another program, and choose Confab there.')}
        </EmptyState>
      ) : (
        <div className={styles.page}>
          {text === '' ? null : (
            <p className={styles.text} dir="auto">
              {text}
            </p>
          )}
          <ul className={styles.files} aria-label={t('Shared files')}>
            {files.map((file) => (
              <li key={`${file.name} ${file.size}`} className={styles.file}>
                <UploadPicture data={file} type={file.type} />
                <span className={styles.about}>
                  <UploadName name={file.name} />
                  <span className={styles.size}>{formatSize(file.size)}</span>
                </span>
              </li>
            ))}
          </ul>
          <Rooms shared={{ text, files }} />
          <Button look="quiet" className={styles.drop} onClick={drop}>
            {t('Do not share')}
          </Button>
        </div>
      )}
    </Page>
  );
}

function Rooms({ shared }: { shared: SharedThings }) {
  const confab = useConfab();
  const { go } = useNavigation();
  const titleOf = useTitleOf();
  const rooms = useStore(confab.rooms.list);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = rooms.filter(({ info }) => info.archivedAt === null && titleOf(info).toLowerCase().includes(wanted));
  const choose = ({ info: { id } }: RoomState) => {
    const place = { room: id, thread: null };
    const at = new Date();
    const free = limits.filesPerMessage - confab.files.attached(place).get().length;
    const files = shared.files.slice(0, Math.max(0, free));
    confab.files.attach(
      place,
      files.map((data) => ({ data, name: pastedName(data, at) })),
    );
    const before = confab.drafts.of(id, null).get()?.text ?? '';
    if (shared.text !== '') confab.drafts.save(id, null, before === '' ? shared.text : `${before}\n${shared.text}`);
    void forgetShared();
    go(roomRoute(id));
  };
  return (
    <section className={styles.rooms} aria-label={t('Where to?')}>
      <h2>{t('Where to?')}</h2>
      <SearchField label={t('Search rooms')} value={search} onChange={(event) => setSearch(event.target.value)} />
      <ul className={styles.list}>
        {shown.map((room) => (
          <li key={room.info.id}>
            <button type="button" className={styles.room} onClick={() => choose(room)}>
              <RoomIcon room={room.info} />
              <bdi>{titleOf(room.info)}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
