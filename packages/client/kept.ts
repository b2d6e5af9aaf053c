import type { Home, LoggedEvent } from '@confab/protocol';
import { createIdFactory } from '@confab/protocol/ids.ts';
import type { Asker } from './asker.ts';
import { Bookmarks } from './bookmarks/bookmarks.ts';
import { Drafts } from './drafts/drafts.ts';
import { Exports } from './exports/exports.ts';
import type { Files } from './files/files.ts';
import type { ClientPorts } from './ports.ts';
import { Reminders } from './reminders/reminders.ts';
import { Scheduled } from './scheduled/scheduled.ts';
import { Sections } from './sections/sections.ts';

/** What a person keeps for themselves, and what of it the inbox tells. */
export class Kept {
  readonly drafts: Drafts;
  readonly scheduled: Scheduled;
  readonly reminders: Reminders;
  readonly bookmarks: Bookmarks;
  readonly sections: Sections;
  readonly exports: Exports;

  constructor(ports: ClientPorts, asker: Asker, files: Pick<Files, 'handOver'>) {
    const newId = createIdFactory({ now: ports.clock.now, randomBytes: (count) => ports.random.bytes(count) });
    this.drafts = new Drafts(ports, asker);
    this.scheduled = new Scheduled(asker, newId, files);
    this.reminders = new Reminders(asker);
    this.bookmarks = new Bookmarks(asker);
    this.sections = new Sections(asker);
    this.exports = new Exports(asker);
  }

  entered(home: Home): void {
    this.drafts.entered(home);
    this.scheduled.entered(home);
    this.reminders.entered(home);
    this.sections.entered(home);
  }

  left(): void {
    this.drafts.left();
    this.scheduled.left();
    this.reminders.left();
    this.bookmarks.left();
    this.sections.left();
    this.exports.left();
  }

  apply(event: LoggedEvent): void {
    this.scheduled.apply(event);
    this.reminders.apply(event);
    this.bookmarks.apply(event);
    this.sections.apply(event);
    this.exports.apply(event);
  }
}
