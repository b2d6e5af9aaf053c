import type { Section, SectionId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { visibleName } from '../text.ts';
import { changeSections } from './change-sections.ts';

export const createSection = operation({
  name: 'section.create',
  kind: 'write',
  access: { who: 'space', atLeast: 'guest' },
  limit: 'write',
  ids: 1,
  *run({ actor, reached, tx }, { name }) {
    const id = tx.newId<SectionId>();
    const section: Section = { id, space: reached.id, name: visibleName(name), collapsed: false };
    yield* changeSections(tx, actor.user, (before) => {
      if (before.length < limits.sectionsPerPerson) return [...before, section];
      throw new Refusal('limit-reached', { limit: limits.sectionsPerPerson, what: 'sections' });
    });
    return { section };
  },
});
