import { operation } from '../operation.ts';
import { changeSections, sectionIn } from './change-sections.ts';

export const foldSection = operation({
  name: 'section.fold',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { section, collapsed }) {
    yield* changeSections(tx, actor.user, (before) => {
      const found = sectionIn(before, section);
      return before.map((each) => (each === found ? { ...each, collapsed } : each));
    });
    return {};
  },
});
