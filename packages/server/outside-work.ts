import type { Clock, Report } from '@confab/engine';
import type { ServerConfig } from './config.ts';
import type { OutsideWork } from './jobs/job-runner.ts';
import { Outside } from './outgoing/outside.ts';
import { Pages } from './previews/pages.ts';

interface OutsideWorkParts {
  readonly version: string;
  readonly clock: Clock;
  readonly report: Report;
}

/** What jobs ask of others, by kind. All of it goes through one guard. */
export function outsideWork(config: ServerConfig, { version, clock, report }: OutsideWorkParts): OutsideWork {
  const pages = new Pages({
    outside: new Outside({ allowed: config.outgoingAllow }),
    report,
    monotonic: () => clock.monotonic(),
    agent: `Confab/${version} (link previews)`,
    own: config.publicUrl,
  });
  return {
    previews: async ({ data }) => (config.previews ? pages.previewsOf((data as { links: string[] }).links) : []),
  };
}
