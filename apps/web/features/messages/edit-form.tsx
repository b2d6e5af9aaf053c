import type { Message } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type KeyboardEvent, useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useConversation } from './conversation-context.tsx';
import styles from './edit-form.module.css';
import { GrowingTextArea } from './growing-text-area.tsx';

/** A message's text, opened for changing where it stands. */
export default function EditForm({ message }: { message: Message }) {
  const { timeline, edit } = useConversation();
  const [text, setText] = useState(message.text);
  const { run, busy, failure } = useAction(async () => {
    if (text !== message.text) await timeline.edit(message.id, text);
    edit(null);
  });
  const sendable = text.trim() !== '' && text.length <= limits.messageChars;
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') edit(null);
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    if (sendable) void run();
  };
  return (
    <div className={styles.form}>
      <GrowingTextArea
        className={styles.text}
        aria-label={t('Edit message')}
        autoFocus
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.currentTarget.setSelectionRange(text.length, text.length)}
        onKeyDown={onKeyDown}
      />
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <div className={styles.actions}>
        <span className={styles.hint}>{t('Enter saves, Esc cancels')}</span>
        <Button size="small" onClick={() => edit(null)}>
          {t('Cancel')}
        </Button>
        <Button size="small" look="primary" busy={busy} disabled={!sendable} onClick={() => run()}>
          {t('Save')}
        </Button>
      </div>
    </div>
  );
}
