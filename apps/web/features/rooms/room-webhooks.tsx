import { useConfab } from '@confab/client/react';
import type { RoomId, WebhookView } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { useLoaded } from '../../app/use-loaded.ts';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './room-webhooks.module.css';

/** Addresses at which programs post into a room. An address is shown once; afterwards it can only be switched off. */
export function RoomWebhooks({ room }: { room: RoomId }) {
  const confab = useConfab();
  const toasts = useToasts();
  const [name, setName] = useState('');
  const [fresh, setFresh] = useState<{ id: WebhookView['id']; address: string } | null>(null);
  const webhooks = useLoaded<WebhookView[]>(async () => (await confab.call('webhook.list', { room })).webhooks, room);
  const { run, busy, failure } = useAction(async () => {
    const made = await confab.call('webhook.create', { room, name: name.trim() });
    setFresh({ id: made.webhook.id, address: `${location.origin}/hooks/${room}/${made.token}` });
    setName('');
    webhooks.change((list) => [made.webhook, ...list.filter(({ id }) => id !== made.webhook.id)]);
  });
  const revoke = async (webhook: WebhookView) => {
    await confab.call('webhook.revoke', { webhook: webhook.id });
    setFresh((last) => (last?.id === webhook.id ? null : last));
    webhooks.change((list) => list.filter(({ id }) => id !== webhook.id));
  };
  return (
    <section className={styles.section}>
      <h3 className={styles.title}>{t('Incoming webhooks')}</h3>
      <p className={styles.words}>
        {t(
          'A program that knows a webhook’s address can post into this room, as a bot of the name you give it. What works with Slack’s incoming webhooks works here.',
        )}
      </p>
      {fresh === null ? null : (
        <>
          <CopyField key={fresh.id} label={t('Address of the new webhook')} value={fresh.address} />
          <p className={styles.words}>{t('Copy it now: for safety it is shown only this once.')}</p>
        </>
      )}
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <TextField
          className={styles.grow}
          label={t('Name of the bot')}
          placeholder={t('Build server')}
          error={failure}
          dir="auto"
          maxLength={limits.personNameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" busy={busy} disabled={name.trim() === ''}>
          {t('Create webhook')}
        </Button>
      </form>
      {webhooks.status === 'failed' ? <Banner tone="danger">{webhooks.failure}</Banner> : null}
      {webhooks.status === 'ready' && webhooks.value.length > 0 ? (
        <ul>
          {webhooks.value.map((webhook) => (
            <li key={webhook.id} className={styles.entry}>
              <span className={styles.about}>
                <bdi>{webhook.name}</bdi>
                <span className={styles.words}>
                  <Origin webhook={webhook} />
                </span>
              </span>
              <Button
                size="small"
                aria-label={t('Switch off the webhook {name} …{hint}', { name: webhook.name, hint: webhook.hint })}
                onClick={() => toasts.attempt(revoke(webhook), t('The webhook no longer works.'))}
              >
                {t('Switch off')}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** How its address ends, when it was used, and whose it is. */
function Origin({ webhook: { hint, lastUsedAt, createdBy } }: { webhook: WebhookView }) {
  const person = () => <PersonName user={createdBy} />;
  return lastUsedAt === null ? (
    <Trans sentence={sentence('…{hint}, not used yet, made by <person/>')} values={{ hint }} parts={{ person }} />
  ) : (
    <Trans
      sentence={sentence('…{hint}, used on {date}, made by <person/>')}
      values={{ hint, date: formatDateTime(lastUsedAt) }}
      parts={{ person }}
    />
  );
}
