import { operation } from '../operation.ts';
import { changeSections, sectionIn } from './change-sections.ts';

export const deleteSection = operation({
  name: 'section.delete',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { section }) {
    yield* changeSections(tx, actor.user, (before) => {
      const gone = sectionIn(before, section);
      return before.filter((each) => each !== gone);
    });
    return {};
  },
});
