import { operation } from '../operation.ts';
import { changeSections, sectionIn } from './change-sections.ts';

export const moveSection = operation({
  name: 'section.move',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { section, before: next }) {
    yield* changeSections(tx, actor.user, (before) => {
      const moved = sectionIn(before, section);
      if (next === section) return [...before];
      const others = before.filter((each) => each !== moved);
      const at = next === null ? others.length : others.indexOf(sectionIn(others, next));
      return others.toSpliced(at, 0, moved);
    });
    return {};
  },
});
