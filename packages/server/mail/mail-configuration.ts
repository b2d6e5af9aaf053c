import type { Chat } from '@confab/chat';
import type { Report } from '@confab/engine';
import type { MailState } from '@confab/protocol';
import type { ServerConfig } from '../config.ts';
import { Mails } from './mails.ts';
import { smtpTransport } from './smtp-transport.ts';

type MailConfig = Pick<ServerConfig, 'name' | 'publicUrl' | 'smtpUrl' | 'mailFrom'>;

/** Links in mails lead nowhere without an address of ours. */
export function mailState({ smtpUrl, publicUrl }: MailConfig): MailState {
  if (smtpUrl === '') return 'no-server';
  return publicUrl === '' ? 'no-public-url' : 'ready';
}

/** Sends mail as it is configured, or none. */
export function mailsOf(config: MailConfig, mail: Pick<Chat['mail'], 'next'>, report: Report): Mails {
  const { name, publicUrl, smtpUrl, mailFrom } = config;
  const isReady = mailState(config) === 'ready';
  return new Mails({
    ...{ mail, report },
    transport: isReady ? smtpTransport(smtpUrl) : undefined,
    sender: { instance: name, url: publicUrl },
    from: mailFrom === '' && isReady ? `confab@${new URL(publicUrl).hostname}` : mailFrom,
  });
}
