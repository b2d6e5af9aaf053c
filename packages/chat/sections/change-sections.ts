import type { Section, SectionId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { putSections, sectionsOf } from './section-store.ts';

/** Changes somebody’s sections as a whole and tells their devices, unless nothing changed. */
export function* changeSections(
  tx: Transaction,
  user: UserId,
  change: (before: readonly Section[]) => Section[],
): Step<void> {
  const before = yield* sectionsOf(user);
  const sections = change(before);
  if (JSON.stringify(sections) === JSON.stringify(before)) return;
  yield* putSections(user, before, sections);
  yield* append(tx, { log: inboxLog(user), name: 'inbox.sections-changed', by: user, data: { sections } });
}

/** One of them; somebody else’s is as if it were not there. */
export function sectionIn(sections: readonly Section[], id: SectionId): Section {
  const section = sections.find((each) => each.id === id);
  if (section === undefined) throw new Refusal('not-found');
  return section;
}
