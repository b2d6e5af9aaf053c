import { type Chat, type PushData, sweepSlices } from '@confab/chat';
import type { Clock, Report } from '@confab/engine';
import type { ServerConfig } from './config.ts';
import type { FileKeeper } from './files/file-keeper.ts';
import type { OutsideWork } from './jobs/job-runner.ts';
import { mailsOf } from './mail/mail-configuration.ts';
import { Outside } from './outgoing/outside.ts';
import { Pages } from './previews/pages.ts';
import { pushContact } from './push/contact.ts';
import { Pushes } from './push/pushes.ts';

interface OutsideWorkParts {
  readonly chat: Pick<Chat, 'push' | 'mail' | 'files'>;
  readonly keeper: FileKeeper;
  readonly version: string;
  readonly clock: Clock;
  readonly report: Report;
}

/** What jobs ask of others, by kind. What people give as an address goes through one guard. */
export function outsideWork(
  config: ServerConfig,
  { chat, keeper, version, clock, report }: OutsideWorkParts,
): OutsideWork {
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
    'file-preview': ({ subject }) => keeper.lookInto(subject, chat),
    'file-sweep': ({ data }) => keeper.sweep((data as { slice: number }).slice, sweepSlices, chat),
    'blob-drop': ({ subject }) => keeper.drop(subject, chat),
  };
}
