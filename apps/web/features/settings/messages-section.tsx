import { t } from '../../language/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { useSetting } from './use-setting.ts';

const undoTimes = () =>
  [
    { value: '0', label: t('Off'), hint: t('Sent at once') },
    { value: '5000', label: t('5 seconds') },
    { value: '10000', label: t('10 seconds') },
  ] as const;

const receiptChoices = () =>
  [
    { value: 'on', label: t('On'), hint: t('You and others see who has read what') },
    { value: 'off', label: t('Off'), hint: t('Nobody sees yours, and you see nobody’s') },
  ] as const;

const keyChoices = () =>
  [
    { value: 'on', label: t('On'), hint: t('A letter alone does something while you are not writing') },
    { value: 'off', label: t('Off'), hint: t('Only keys with Ctrl or Alt do') },
  ] as const;

/** By what its tile is called. */
const undoTimeMs = { '0': 0, '5000': 5_000, '10000': 10_000 } as const;

export function MessagesSection() {
  const [undoSendMs, setUndoSendMs] = useSetting('undoSendMs');
  const [receipts, setReceipts] = useSetting('receipts');
  const [singleKeys, setSingleKeys] = useSetting('singleKeys');
  return (
    <>
      <Choice<keyof typeof undoTimeMs>
        legend={t('Time to take a message back before it is sent')}
        value={`${undoSendMs}`}
        options={undoTimes()}
        onChange={(time) => setUndoSendMs(undoTimeMs[time])}
      />
      <Choice legend={t('Read receipts')} value={receipts} options={receiptChoices()} onChange={setReceipts} />
      <Choice legend={t('Letter keys')} value={singleKeys} options={keyChoices()} onChange={setSingleKeys} />
    </>
  );
}
