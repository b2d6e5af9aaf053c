import type { Chat, PushData } from '@confab/chat';
import type { Clock, Report } from '@confab/engine';
import type { ServerConfig } from './config.ts';
import type { OutsideWork } from './jobs/job-runner.ts';
import { mailsOf } from './mail/mail-configuration.ts';
import { Outside } from './outgoing/outside.ts';
import { Pages } from './previews/pages.ts';
import { pushContact } from './push/contact.ts';
import { Pushes } from './push/pushes.ts';

interface OutsideWorkParts {
  readonly chat: Pick<Chat, 'push' | 'mail'>;
  readonly version: string;
  readonly clock: Clock;
  readonly report: Report;
}

/** What jobs ask of others, by kind. What people give as an address goes through one guard. */
export function outsideWork(config: ServerConfig, { chat, version, clock, report }: OutsideWorkParts): OutsideWork {
  const outside = new Outside({ allowed: config.outgoingAllow });
  const pages = new Pages({
    outside,
    report,
    monotonic: () => clock.monotonic(),
    agent: `Confab/${version} (link previews)`,
    own: config.publicUrl,
  });
  const contact = pushContact(config);
  const pushes = new Pushes({ push: chat.push, outside, contact, now: () => clock.now() });
  const mails = mailsOf(config, chat.mail, report);
  return {
    previews: async ({ data }) => (config.previews ? pages.previewsOf((data as { links: string[] }).links) : []),
    push: ({ subject, data }) => pushes.send(subject, data as PushData),
    mail: ({ subject }, signal) => mails.send(subject, signal),
  };
}
