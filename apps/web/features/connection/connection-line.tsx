import type { ConnectionState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import { useEffect, useState } from 'react';
import { t } from '../../language/sentences.ts';
import styles from './connection-line.module.css';

/** A connection that comes back within this time was never worth a word. */
const silentForMs = 1_000;

/** One quiet line while there is no connection, and nothing otherwise. */
export function ConnectionLine() {
  const confab = useConfab();
  const connection = useStore(confab.connection);
  const { waiting } = useStore(confab.outbox);
  const online = connection.status === 'online' || connection.status === 'idle';
  const lost = useLastingly(!online, silentForMs);
  return (
    <div role="status" className={styles.place}>
      {lost && !online ? <p className={styles.line}>{lineFor(connection, waiting, navigator.onLine)}</p> : null}
    </div>
  );
}

/** What the line says. `reachable`: whether the device has a network at all. */
function lineFor(connection: ConnectionState, waiting: number, reachable: boolean): string {
  if (connection.status === 'stopped' && connection.reason === 'unsupported-version') {
    return t('Confab was updated. Reload this page to go on.');
  }
  if (waiting === 0) {
    return reachable ? t('Reconnecting…') : t('Offline. What you write is kept and sent when you are back.');
  }
  return reachable
    ? t(
        '{waiting, plural, one {Reconnecting… # message will be sent when you are back.} other {Reconnecting… # messages will be sent when you are back.}}',
        { waiting },
      )
    : t(
        '{waiting, plural, one {Offline. # message will be sent when you are back.} other {Offline. # messages will be sent when you are back.}}',
        { waiting },
      );
}

/** `true` once `value` has been true for `afterMs` without a break. */
function useLastingly(value: boolean, afterMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!value) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return lasting;
}
