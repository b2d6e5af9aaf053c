import { useConfab, useStore } from '@confab/client/react';
import { useEffect, useRef, useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { watchWorker } from './app-worker.ts';
import { isQuiet } from './quiet-moment.ts';
import styles from './update-line.module.css';

/** How long nobody has looked before the page starts anew by itself. */
const quietForMs = 60_000;
const updatedKey = 'confab:updated';

type Worker = Awaited<ReturnType<typeof watchWorker>>;

/** Keeps the app itself on this device, and takes a newer version when nobody minds. One line says so. */
export default function UpdateLine() {
  const [ready, setReady] = useState(false);
  const worker = useRef<Worker>(null);
  useEffect(() => {
    let gone = false;
    void watchWorker(() => setReady(true)).then((watched) => {
      if (gone) watched?.stop();
      else worker.current = watched;
    });
    return () => {
      gone = true;
      worker.current?.stop();
    };
  }, []);
  useLooks(worker);
  useQuietUpdate(ready, () => worker.current?.take());
  useSaidAfterwards();
  return (
    <div role="status">
      {ready ? (
        <p className={styles.line}>
          <span>{t('A newer version of Confab is ready.')}</span>
          <Button size="small" onClick={() => worker.current?.take()}>
            {t('Reload')}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

/** A server that was away may have come back newer. */
function useLooks(worker: { readonly current: Worker }) {
  const { status } = useStore(useConfab().connection);
  const wasAway = useRef(false);
  useEffect(() => {
    if (status === 'online' && wasAway.current) worker.current?.look(true);
    wasAway.current = status !== 'online' && status !== 'idle';
  }, [status, worker]);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && worker.current?.look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [worker]);
}

function useQuietUpdate(ready: boolean, take: () => void) {
  const { waiting } = useStore(useConfab().outbox);
  const latest = useRef({ take, waiting });
  useEffect(() => {
    latest.current = { take, waiting };
  });
  useEffect(() => {
    if (!ready) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const consider = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') return;
      timer = setTimeout(() => {
        if (!isQuiet(document) || latest.current.waiting > 0) return consider();
        sessionStorage.setItem(updatedKey, '1');
        latest.current.take();
      }, quietForMs);
    };
    consider();
    document.addEventListener('visibilitychange', consider);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', consider);
    };
  }, [ready]);
}

function useSaidAfterwards() {
  const toasts = useToasts();
  useEffect(() => {
    if (sessionStorage.getItem(updatedKey) === null) return;
    sessionStorage.removeItem(updatedKey);
    toasts.done(t('Confab was updated while you were away.'));
  }, [toasts]);
}
