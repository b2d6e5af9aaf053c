import type { OwnEmail, OwnMail } from '@confab/protocol';
import { type Sentence, sentence, t } from '../../language/sentences.ts';

/** What stands in the way where this server sends no mail. */
export const notSetUp: Readonly<Record<Exclude<OwnMail['state'], 'ready'>, Sentence>> = {
  'no-server': sentence('This server does not send mail. Whoever runs Confab here can set that up.'),
  'no-public-url': sentence(
    'This server does not know its own address, which mails need. Whoever runs Confab here can set it.',
  ),
};

const failures = {
  refused: sentence('The mail server refused the last mail to this address. Check the address, then try it again.'),
  'no-answer': sentence('The last mail could not be handed over yet. Confab tries again by itself.'),
} as const;

/** How it stands with an address. */
export function emailWords({ verified, failure, sentAt }: OwnEmail): string {
  if (failure !== null) return t(failures[failure]);
  if (verified) return t('Confirmed. Nobody else sees it.');
  if (sentAt === null) return t('A link to confirm it is on its way there.');
  return t('Open the link that was sent there to confirm it. It works for 24 hours.');
}
