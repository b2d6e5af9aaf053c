import { useConfab } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { statusAt } from '@confab/protocol/quiet-hours.ts';
import { SmilePlus } from 'lucide-react';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { EmojiOf } from '../emoji/emoji-of.tsx';
import { useEmojiPicker } from '../emoji/emoji-picker-layer.tsx';
import styles from './status.module.css';
import { asFieldTime, endOf, type StatusTime, statusTimes } from './status-times.ts';

const suggestions = [
  { emoji: '🗓️', text: sentence('In a meeting'), time: 'hour' },
  { emoji: '🍜', text: sentence('At lunch'), time: 'hour' },
  { emoji: '🏠', text: sentence('Working from home'), time: 'today' },
  { emoji: '🤒', text: sentence('Off sick'), time: 'today' },
  { emoji: '🌴', text: sentence('On holiday'), time: 'week' },
] as const satisfies readonly { emoji: string; text: Sentence; time: StatusTime }[];

/** What one says of oneself: an emoji, a few words, and how long. */
export default function StatusDialog({ onClose }: { onClose: () => void }) {
  const confab = useConfab();
  const { me } = useSignedIn();
  const [before] = useState(() => statusAt(me.status, Date.now()));
  const [emoji, setEmoji] = useState(before?.emoji ?? '');
  const [text, setText] = useState(before?.text ?? '');
  const [time, setTime] = useState<StatusTime>(before?.until === undefined ? 'always' : 'own');
  const [own, setOwn] = useState(() => asFieldTime(before?.until ?? Date.now() + 3_600_000));
  const words = text.trim();
  const says = emoji !== '' || words !== '';
  const save = useAction(async () => {
    const until = says ? endOf(time, Date.now(), new Date(own).getTime()) : undefined;
    await confab.account.setStatus({
      ...(emoji === '' ? {} : { emoji }),
      ...(words === '' ? {} : { text: words }),
      ...(until === undefined ? {} : { until }),
    });
    onClose();
  });
  const clear = useAction(async () => {
    await confab.account.setStatus({});
    onClose();
  });
  return (
    <Dialog
      title={t('Your status')}
      description={t('Everyone who knows you here sees it beside your name.')}
      onClose={onClose}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        {save.failure ? (
          <Banner tone="danger">
            {save.code === 'invalid-params' ? t('Choose a time that is still to come.') : save.failure}
          </Banner>
        ) : null}
        <div className={styles.says}>
          <EmojiField value={emoji} onChange={setEmoji} />
          <TextField
            label={t('What is it?')}
            dir="auto"
            maxLength={limits.statusChars}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <div className={styles.suggestions}>
          {suggestions.map((each) => (
            <button
              key={each.text}
              type="button"
              className={styles.suggestion}
              onClick={() => {
                setEmoji(each.emoji);
                setText(t(each.text));
                setTime(each.time);
              }}
            >
              {each.emoji} {t(each.text)}
            </button>
          ))}
        </div>
        <SelectField label={t('For how long')} value={time} options={statusTimes()} onChange={setTime} />
        {time === 'own' ? (
          <TextField
            label={t('Until')}
            type="datetime-local"
            required
            min={asFieldTime(Date.now())}
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
        ) : null}
        <DialogActions>
          {before === undefined ? null : (
            <Button busy={clear.busy} onClick={() => clear.run()}>
              {t('Clear status')}
            </Button>
          )}
          <Button type="submit" look="primary" busy={save.busy} disabled={!says}>
            {t('Save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function EmojiField({ value, onChange }: { value: string; onChange: (emoji: string) => void }) {
  const picker = useEmojiPicker();
  return (
    <button
      type="button"
      className={styles.emoji}
      aria-label={value === '' ? t('Choose an emoji') : t('Emoji: {emoji}. Choose another', { emoji: value })}
      onPointerEnter={picker.prepare}
      onClick={(event) => picker.open(event.currentTarget, onChange)}
    >
      {value === '' ? <SmilePlus size={20} aria-hidden /> : <EmojiOf emoji={value} />}
    </button>
  );
}
