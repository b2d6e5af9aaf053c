import type { Confab } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { useCallback, useEffect, useState } from 'react';
import { askPermission, type Permission, usePermission } from './permission.ts';
import { type PushState, pushState, turnPushOff, turnPushOn } from './this-browser.ts';

export interface ThisBrowser {
  readonly permission: Permission;
  /** `null` until it is known. */
  readonly push: PushState | null;
  /** The browser's push service did not take it when it was turned on last. */
  readonly refusedByService: boolean;
  /** Asks the person and, when they agree, the browser's push service. */
  turnOn(): Promise<void>;
  turnOff(): Promise<void>;
  look(): Promise<PushState>;
}

const unknown: PushState = { status: 'off' };

/** How this browser is told, kept up to date. */
export function useThisBrowser(): ThisBrowser {
  const confab: Confab = useConfab();
  const permission = usePermission();
  const [push, setPush] = useState<PushState | null>(null);
  const [refusedByService, setRefused] = useState(false);
  const look = useCallback(async () => {
    const found = await pushState(confab).catch(() => unknown);
    setPush(found);
    return found;
  }, [confab]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: without permission there is no push either
  useEffect(() => void look(), [look, permission]);
  const turnOn = useCallback(async () => {
    setRefused(false);
    if ((await askPermission()) !== 'granted') return;
    if ((await look()).status !== 'off') return;
    await turnPushOn(confab).catch(() => setRefused(true));
    await look();
  }, [confab, look]);
  const turnOff = useCallback(async () => {
    const found = await look();
    if (found.status === 'on') await turnPushOff(confab, found.subscription);
    await look();
  }, [confab, look]);
  return { permission, push, refusedByService, turnOn, turnOff, look };
}
