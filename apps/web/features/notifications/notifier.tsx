import { useConfab } from '@confab/client/react';
import { useEffect, useRef, useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { parseRoute } from '../../app/route.ts';
import { OfferLine } from './offer-line.tsx';
import { ring } from './ring.ts';
import { onWorkerMessage } from './worker-line.ts';

/** Set on this device once somebody said that they do not want to be told. */
const declinedKey = 'confab:notifications-declined';

/** Rings while the page is open, and goes where a pressed notification leads. */
export default function Notifier() {
  const confab = useConfab();
  const { go } = useNavigation();
  const [offers, setOffers] = useState(false);
  const goes = useRef(go);
  useEffect(() => {
    goes.current = go;
  });
  useEffect(() => {
    const open = (path: string) => goes.current(parseRoute(path, ''));
    const stops = [
      ring(confab, { open, onUnheard: () => setOffers(localStorage.getItem(declinedKey) === null) }),
      onWorkerMessage((message) => {
        if (message.kind === 'open') open(message.path);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [confab]);
  const done = () => {
    localStorage.setItem(declinedKey, '1');
    setOffers(false);
  };
  return <div role="status">{offers ? <OfferLine onDone={done} /> : null}</div>;
}
