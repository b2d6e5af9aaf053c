import type { UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import { isSetUp, peopleByIds } from '../accounts/index.ts';
import { blocksOf } from '../blocks/index.ts';
import { draftsOf } from '../drafts/index.ts';
import { positionOf } from '../log.ts';
import { ownModeration } from '../moderation/index.ts';
import { operation } from '../operation.ts';
import { remindersOf } from '../reminders/index.ts';
import { roomsOf } from '../rooms/index.ts';
import { scheduledOfUser } from '../scheduled/index.ts';
import { placesOf, sectionsOf } from '../sections/index.ts';
import { settingsOf } from '../settings/index.ts';
import { membersAfter, spacesOf } from '../spaces/index.ts';
import { unreadThreads } from '../threads/index.ts';
import { groupmatesOf, roommatesOf } from './roommates.ts';

export const showHome = operation({
  name: 'account.home',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor, prepared, tx }) {
    const spaces = yield* spacesOf(actor.user);
    const people = new Set<UserId>([actor.user]);
    if (spaces.some((space) => space.role === 'guest')) {
      for (const user of yield* roommatesOf(actor.user, limits.peoplePerPage)) people.add(user);
    }
    for (const user of yield* groupmatesOf(actor.user, limits.peoplePerPage)) people.add(user);
    for (const space of spaces) {
      if (space.role === 'guest') continue;
      for (const { person } of yield* membersAfter(space.id, '', limits.peoplePerPage)) people.add(person.id);
    }
    const shown = yield* peopleByIds([...people]);
    const me = shown.find((person) => person.id === actor.user);
    const inbox = yield* positionOf(inboxLog(actor.user));
    if (!me || !inbox) throw new Error('A user without a row or an inbox.');
    return {
      me,
      session: actor.session,
      instance: { ...prepared.instance, setUp: yield* isSetUp() },
      spaces,
      rooms: yield* roomsOf(actor.user),
      blocked: (yield* blocksOf(actor.user)).map(({ user }) => user),
      people: shown,
      settings: yield* settingsOf(actor.user),
      threads: yield* unreadThreads(actor.user),
      scheduled: yield* scheduledOfUser(actor.user),
      drafts: yield* draftsOf(actor.user),
      reminders: yield* remindersOf(actor.user),
      sections: yield* sectionsOf(actor.user),
      places: yield* placesOf(actor.user),
      moderation: yield* ownModeration(actor.user, tx.now),
      inbox,
    };
  },
});
