import { useConfab } from '@confab/client/react';
import { useEffect, useRef } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { parseRoute } from '../../app/route.ts';
import { ring } from './ring.ts';
import { onWorkerMessage } from './worker-line.ts';

/** Rings while the page is open, and goes where a pressed notification leads. */
export default function Notifier() {
  const confab = useConfab();
  const { go } = useNavigation();
  const goes = useRef(go);
  useEffect(() => {
    goes.current = go;
  });
  useEffect(() => {
    const open = (path: string) => goes.current(parseRoute(path, ''));
    const stops = [
      ring(confab, open),
      onWorkerMessage((message) => {
        if (message.kind === 'open') open(message.path);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [confab]);
  return null;
}
