import { useConfab } from '@confab/client/react';
import type { OwnMail } from '@confab/protocol';
import { useCallback, useEffect, useState } from 'react';

/** How long a mail server usually takes to say whether it takes a mail. */
const soonMs = 3_000;

export interface OwnMailState {
  /** `null` until it is known. */
  readonly own: OwnMail | null;
  look(): Promise<void>;
}

/** One's own address and what came of it: asked anew when one comes back, perhaps from the link in a mail. */
export function useOwnMail(): OwnMailState {
  const confab = useConfab();
  const [own, setOwn] = useState<OwnMail | null>(null);
  const look = useCallback(async () => setOwn(await confab.call('account.show-email', {})), [confab]);
  useEffect(() => {
    const again = () => void look().catch(() => {});
    again();
    document.addEventListener('visibilitychange', again);
    return () => document.removeEventListener('visibilitychange', again);
  }, [look]);
  const isWaiting = own?.email?.sentAt === null && own.email.failure === null;
  useEffect(() => {
    if (!isWaiting) return;
    const later = setTimeout(() => void look().catch(() => {}), soonMs);
    return () => clearTimeout(later);
  }, [isWaiting, look]);
  return { own, look };
}
