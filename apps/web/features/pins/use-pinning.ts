import { useConfab } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { useToasts } from '../../app/toasts.tsx';

/** Pins a message to its room, or takes the pin off. */
export function usePinning(): (message: Message) => void {
  const { pins } = useConfab();
  const toasts = useToasts();
  return ({ id, pinned }) => toasts.attempt(pinned === undefined ? pins.pin(id) : pins.unpin(id));
}
