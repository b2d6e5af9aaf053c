import { limits } from './limits.ts';
import { Handle } from './people.ts';
import { Nothing, PeopleGroupIdSchema, Shape, SpaceIdSchema, type Static, Type, UserIdSchema } from './schema.ts';

const name = Type.String({ minLength: 1, maxLength: limits.groupNameChars, pattern: '\\S' });
const people = Type.Array(UserIdSchema, { maxItems: limits.peoplePerPeopleGroup, uniqueItems: true });

/** People of a space who are mentioned together, as `@handle`. */
export const PeopleGroup = Shape({ id: PeopleGroupIdSchema, space: SpaceIdSchema, handle: Handle, name, people });
export type PeopleGroup = Static<typeof PeopleGroup>;

const space = SpaceIdSchema;
const group = PeopleGroupIdSchema;

export const peopleGroupCommands = {
  'people-group.list': {
    http: 'GET /spaces/:space/groups',
    params: Shape({ space }),
    result: Shape({ groups: Type.Array(PeopleGroup) }),
    summary: 'The groups of people of a space, by handle.',
  },
  'people-group.create': {
    http: 'POST /spaces/:space/groups',
    params: Shape({ space, handle: Handle, name, people }),
    result: Shape({ group: PeopleGroup }),
    summary: 'Make a group of people that can be mentioned together.',
  },
  'people-group.rename': {
    http: 'PATCH /spaces/:space/groups/:group',
    params: Shape({ space, group, handle: Handle, name }),
    result: Shape({ group: PeopleGroup }),
    summary: 'Give a group of people another handle and name.',
  },
  'people-group.set-people': {
    http: 'PUT /spaces/:space/groups/:group/people',
    params: Shape({ space, group, people }),
    result: Shape({ group: PeopleGroup }),
    summary: 'Say who is in a group of people.',
  },
  'people-group.delete': {
    http: 'DELETE /spaces/:space/groups/:group',
    params: Shape({ space, group }),
    result: Nothing,
    summary: 'End a group of people. What mentioned it goes on mentioning those who were in it.',
  },
} as const;

/** In the space's log. */
export const peopleGroupEvents = {
  'space.people-group-changed': { data: Shape({ group: PeopleGroup }) },
  'space.people-group-removed': { data: Shape({ group: PeopleGroupIdSchema }) },
} as const;
