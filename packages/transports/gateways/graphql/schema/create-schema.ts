import { commands } from '@confab/protocol';
import {
  type GraphQLFieldConfig,
  GraphQLID,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { runCommand } from '../run-command.ts';
import { subscribeTo, tellCursor } from '../subscribe-to.ts';
import { argumentsOf } from './arguments.ts';
import { type CommandField, commandFields } from './command-fields.ts';
import type { GraphqlContext, ToldEvent } from './context.ts';
import { JsonScalar, SafeInt, TimestampScalar } from './scalars.ts';
import { pascal, SchemaTypes } from './schema-types.ts';

type Field = GraphQLFieldConfig<unknown, GraphqlContext>;

/** The whole schema, made from the protocol's table of commands: a new row there is a new field here. */
export function createSchema(): GraphQLSchema {
  const types = new SchemaTypes();
  const fieldsOf = (operation: CommandField['operation']): Record<string, Field> =>
    Object.fromEntries(
      commandFields.filter((each) => each.operation === operation).map((each) => [each.field, fieldOf(each, types)]),
    );
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { ...fieldsOf('query'), cursor } }),
    mutation: new GraphQLObjectType({ name: 'Mutation', fields: fieldsOf('mutation') }),
    subscription: new GraphQLObjectType({ name: 'Subscription', fields: { messages, events } }),
  });
}

function fieldOf({ command }: CommandField, types: SchemaTypes): Field {
  const { result, summary } = commands[command];
  return {
    type: types.output(result, `${pascal(command)}.result`),
    args: argumentsOf(command, types),
    description: summary,
    resolve: (_source, args, context) => runCommand(context, command, args),
  };
}

const required = <T extends typeof GraphQLString | typeof GraphQLID | typeof SafeInt | typeof TimestampScalar>(
  type: T,
) => ({ type: new GraphQLNonNull(type) });

const cursorText =
  'Where the subscription stands after this: as `after`, it goes on from here, without a gap and without doubles.';

const postedMessage = new GraphQLObjectType({
  name: 'PostedMessage',
  description: 'A message as it was posted.',
  fields: {
    id: required(GraphQLID),
    room: required(GraphQLID),
    seq: { ...required(SafeInt), description: 'Its place on the room’s log.' },
    epoch: required(SafeInt),
    author: { type: GraphQLID },
    clientId: { ...required(GraphQLID), description: 'The id that its sender gave it.' },
    text: { ...required(GraphQLString), description: 'Empty when it was deleted since.' },
    at: required(TimestampScalar),
    cursor: { ...required(GraphQLString), description: cursorText },
  },
});

const toldEvent = new GraphQLObjectType<ToldEvent>({
  name: 'Event',
  description: 'An event under its name in the protocol. One without `seq` may be dropped.',
  fields: {
    cursor: { ...required(GraphQLString), description: cursorText, resolve: (told) => told.cursor() },
    event: required(GraphQLString),
    log: { type: GraphQLString },
    epoch: { type: SafeInt },
    seq: { type: SafeInt },
    at: { type: TimestampScalar },
    by: { type: GraphQLID },
    data: { type: JsonScalar },
  },
});

const after = {
  type: GraphQLString,
  description: 'A cursor: of the last that was received, or of the query `cursor`.',
};

const messages: Field = {
  type: new GraphQLNonNull(postedMessage),
  description: 'Every message posted to a room.',
  args: { room: { ...required(GraphQLString), description: 'Its id, its name, or `space/name`.' }, after },
  subscribe: (_source, args, context) => subscribeTo(context).messages(args.room, args.after ?? null),
  resolve: (told) => told,
};

const events: Field = {
  type: new GraphQLNonNull(toldEvent),
  description: 'Every event of these rooms, or of all of one’s rooms, and of one’s inbox.',
  args: { rooms: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) }, after },
  subscribe: (_source, args, context) => subscribeTo(context).events(args.rooms ?? null, args.after ?? null),
  resolve: (told) => told,
};

const cursor: Field = {
  type: new GraphQLNonNull(GraphQLString),
  description: 'A cursor of this moment: of all that `events` tells, or of one room.',
  args: { room: { type: GraphQLString } },
  resolve: (_source, args, context) => tellCursor(context, args.room ?? null),
};
