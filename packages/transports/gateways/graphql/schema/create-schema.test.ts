import { commands } from '@confab/protocol';
import { type GraphQLField, isObjectType, validateSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { commandFields, spokenOtherwise } from './command-fields.ts';
import { createSchema } from './create-schema.ts';

const schema = createSchema();
const queries = schema.getQueryType()?.getFields() ?? {};
const mutations = schema.getMutationType()?.getFields() ?? {};

/** A field as one would write it down. */
function written(field: GraphQLField<unknown, unknown> | undefined): string {
  const args = field?.args.map(({ name, type }) => `${name}: ${type}`).join(', ');
  return `${field?.name}${args ? `(${args})` : ''}: ${field?.type}`;
}

const fieldsOf = (name: string): Record<string, string> => {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no type`);
  return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
};

describe('the schema', () => {
  test('is one that GraphQL takes', () => {
    expect(validateSchema(schema)).toEqual([]);
  });

  test('[C4] has exactly one field for every command of the protocol that it has no other way for', () => {
    const fields = [...Object.keys(queries), ...Object.keys(mutations)];
    expect(new Set(fields).size).toBe(fields.length);
    expect([...fields, ...Object.keys(spokenOtherwise)]).toHaveLength(Object.keys(commands).length + 1);
    for (const { command, field, operation } of commandFields) {
      expect((operation === 'query' ? queries : mutations)[field]?.description).toBe(commands[command].summary);
    }
  });

  test('has every parameter as an argument of the same name', () => {
    for (const { command, field, operation } of commandFields) {
      const { args = [] } = (operation === 'query' ? queries : mutations)[field] ?? {};
      const { properties } = commands[command].params as unknown as { properties: object };
      expect(args.map(({ name }) => name)).toEqual(Object.keys(properties));
    }
  });

  test.each([
    'instanceShow: InstanceView!',
    'personLookUp(users: [ID!]!): PersonLookUpResult!',
    'messageList(room: ID!, before: SafeInt, after: SafeInt, around: SafeInt, thread: ID, limit: Int): TimelinePage!',
    'logRead(log: ID!, after: SafeInt!, limit: Int): LogReadResult!',
  ])('has the query %s', (field) => {
    expect(written(queries[field.split(/[:(]/)[0] ?? ''])).toBe(field);
  });

  test.each([
    'messagePost(room: ID!, clientId: ID, text: String!, files: [ID!], thread: ID, alsoInRoom: Boolean, quote: ID, style: String): MessagePostResult!',
    'peopleGroupDelete(space: ID!, group: ID!): Boolean!',
    'roomLeave(room: ID!): Boolean!',
    'accountSignIn(handle: String!, password: String!, deliver: Deliver): SignedIn!',
    'spaceSetRole(space: ID!, user: ID!, role: Role!): Boolean!',
    'inviteCreate(space: ID!, role: InviteCreateRole, maxUses: Int, expiresInMs: SafeInt): InviteCreateResult!',
    'presenceWatch(users: [ID!]!): PresenceWatchResult!',
  ])('has the mutation %s', (field) => {
    expect(written(mutations[field.split(/[:(]/)[0] ?? ''])).toBe(field);
  });

  test('names shapes as the protocol does, and gives each property its type', () => {
    expect(fieldsOf('Message')).toMatchObject({
      id: 'ID!',
      room: 'ID!',
      seq: 'SafeInt!',
      author: 'ID!',
      clientId: 'ID!',
      text: 'String!',
      postedAt: 'Timestamp!',
      editedAt: 'Timestamp',
      deletedAt: 'Timestamp',
      mentions: '[ID!]',
      replies: 'Replies',
    });
    expect(fieldsOf('LoggedEvent')).toMatchObject({ data: 'JSON', by: 'ID' });
    expect(fieldsOf('SignedIn')).toMatchObject({ me: 'Person!', token: 'String' });
    expect(fieldsOf('InviteLookUpResult')).toMatchObject({ space: 'InviteLookUpResultSpace!', role: 'Role!' });
  });
});
