import { operation } from '../operation.ts';
import { visibleName } from '../text.ts';
import { changeSections, sectionIn } from './change-sections.ts';

export const renameSection = operation({
  name: 'section.rename',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { section, name }) {
    const renamed = visibleName(name);
    yield* changeSections(tx, actor.user, (before) => {
      const found = sectionIn(before, section);
      return before.map((each) => (each === found ? { ...each, name: renamed } : each));
    });
    return {};
  },
});
