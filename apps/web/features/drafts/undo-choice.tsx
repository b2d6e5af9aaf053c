import { useConfab, useSettings } from '@confab/client/react';
import { useToasts } from '../../app/toasts.tsx';
import { Choice } from '../../ui/choice.tsx';

const options = [
  { value: '0', label: 'At once' },
  { value: '5000', label: 'After 5 seconds' },
  { value: '10000', label: 'After 10 seconds' },
] as const;

/** How long one's messages wait, in which they can be taken back. */
export function UndoChoice() {
  const confab = useConfab();
  const toasts = useToasts();
  const { undoSendMs } = useSettings();
  return (
    <Choice<(typeof options)[number]['value']>
      legend="Messages are sent"
      value={`${undoSendMs}`}
      options={options}
      onChange={(value) => toasts.attempt(confab.settings.set({ undoSendMs: Number(value) as typeof undoSendMs }))}
    />
  );
}
