import { useConfab } from '@confab/client/react';
import type { MessageId, PollTerms, RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { sentence, t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { fieldTime, fieldValue } from '../scheduled/moments.ts';
import styles from './poll-dialog.module.css';
import { type PollEnd, pollEnd, pollEnds } from './poll-ends.ts';

export interface PollRequest {
  room: RoomId;
  thread: MessageId | null;
  /** What is in the fields at first. */
  question: string;
  options: readonly string[];
}

const facts = [
  { name: 'several', label: sentence('People may choose several') },
  { name: 'anonymous', label: sentence('Nobody sees who voted') },
  { name: 'hidden', label: sentence('Results show only when the poll is closed') },
] as const;
type Fact = (typeof facts)[number]['name'];

/** At least the empty fields that a poll needs. */
function begun(options: readonly string[]): string[] {
  const given = options.slice(0, limits.pollOptions.max);
  return [...given, ...Array<string>(Math.max(0, limits.pollOptions.min - given.length)).fill('')];
}

/** Asks what people shall vote on. */
export default function PollDialog({
  room,
  thread,
  question,
  options: given,
  onClose,
}: PollRequest & { onClose: () => void }) {
  const confab = useConfab();
  const [text, setText] = useState(question);
  const [options, setOptions] = useState(() => begun(given));
  const [chosen, setChosen] = useState<readonly Fact[]>([]);
  const [end, setEnd] = useState<PollEnd>('open');
  const [own, setOwn] = useState(() => fieldValue(Date.now() + 24 * 3_600_000));
  const [clientId] = useState(() => crypto.randomUUID());
  const written = options.map((option) => option.trim()).filter((option) => option !== '');
  const twice = written.find((option, index) => written.findIndex((each) => same(each, option)) < index);
  const closesAt = pollEnd(end, Date.now(), fieldTime(own));
  const timely = closesAt !== null && (closesAt === undefined || closesAt > Date.now());
  const make = useAction(async () => {
    const terms: PollTerms = {
      options: written,
      ...Object.fromEntries(chosen.map((fact) => [fact, true as const])),
      ...(closesAt ? { closesAt } : {}),
    };
    await confab.polls.create(room, thread, text.trim(), terms, clientId);
    onClose();
  });
  const ready = text.trim() !== '' && written.length >= limits.pollOptions.min && twice === undefined && timely;
  return (
    <Dialog title={t('Make a poll')} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void make.run();
        }}
      >
        {make.failure ? <Banner tone="danger">{make.failure}</Banner> : null}
        <TextField
          label={t('Question')}
          dir="auto"
          maxLength={limits.messageChars}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <OptionFields options={options} twice={twice} onChange={setOptions} />
        <fieldset className={styles.facts} aria-label={t('How people vote')}>
          {facts.map(({ name, label }) => (
            <label key={name} className={styles.fact}>
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={({ target }) =>
                  setChosen(target.checked ? [...chosen, name] : chosen.filter((each) => each !== name))
                }
              />
              {t(label)}
            </label>
          ))}
        </fieldset>
        <SelectField label={t('Stays open')} value={end} options={pollEnds()} onChange={setEnd} />
        {end === 'own' ? (
          <TextField
            label={t('Until')}
            type="datetime-local"
            min={fieldValue(Date.now())}
            max={fieldValue(Date.now() + limits.scheduleAheadMs)}
            error={timely ? null : t('Choose a time that is still to come.')}
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
        ) : null}
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="primary" busy={make.busy} disabled={!ready}>
            {t('Post poll')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** As the server compares them. */
const same = (one: string, other: string) =>
  one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase();

interface OptionFieldsProps {
  options: readonly string[];
  /** One that stands there already. */
  twice: string | undefined;
  onChange: (options: string[]) => void;
}

function OptionFields({ options, twice, onChange }: OptionFieldsProps) {
  const { min, max } = limits.pollOptions;
  return (
    <fieldset className={styles.options} aria-label={t('Options')}>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field stays the same while its text changes
        <div key={index} className={styles.option}>
          <TextField
            className={styles.grow}
            label={t('Option {number}', { number: index + 1 })}
            labelHidden
            placeholder={t('Option {number}', { number: index + 1 })}
            dir="auto"
            maxLength={limits.pollOptionChars}
            error={twice !== undefined && option.trim() === twice ? t('This option is there twice.') : null}
            value={option}
            onChange={(event) => onChange(options.with(index, event.target.value))}
          />
          {options.length > min ? (
            <IconButton
              label={t('Remove option {number}', { number: index + 1 })}
              icon={<X size={16} />}
              onClick={() => onChange(options.toSpliced(index, 1))}
            />
          ) : null}
        </div>
      ))}
      {options.length < max ? (
        <Button
          look="quiet"
          className={styles.add}
          icon={<Plus size={16} aria-hidden />}
          onClick={() => onChange([...options, ''])}
        >
          {t('Add an option')}
        </Button>
      ) : null}
    </fieldset>
  );
}
