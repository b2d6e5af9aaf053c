import { useConfab, useStore } from '@confab/client/react';
import type { Settings } from '@confab/protocol';
import { useToasts } from '../../app/toasts.tsx';

/** One of the person's settings and how to change it. It shows at once; a refusal is told and takes it back. */
export function useSetting<Name extends keyof Settings>(name: Name): [Settings[Name], (value: Settings[Name]) => void] {
  const { settings } = useConfab();
  const toasts = useToasts();
  const value = useStore(settings.state)[name];
  return [value, (next) => toasts.attempt(settings.set({ [name]: next }))];
}
