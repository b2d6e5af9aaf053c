import { randomUUID } from 'node:crypto';
import { type CommandName, commands, RoomIdSchema, type TSchema } from '@confab/protocol';
import type { GraphQLFieldConfigArgumentMap } from 'graphql';
import { descriptionOf, pascal, type SchemaTypes } from './schema-types.ts';
import { shapeKind, textOf, withoutNull } from './shape-kind.ts';

/** What may be left out here although the protocol wants it, and what then stands for it. */
const filledIn: Readonly<Record<string, { readonly says: string; readonly make: () => unknown }>> = {
  clientId: {
    says: 'The sender’s own id for this send, which makes it safe to repeat. Made here when left out.',
    make: randomUUID,
  },
  deliver: { says: 'Here only `token`.', make: () => 'token' },
};

const roomIdText = textOf(RoomIdSchema);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The arguments of a command's field: one per parameter. */
export function argumentsOf(command: CommandName, types: SchemaTypes): GraphQLFieldConfigArgumentMap {
  const entries = Object.entries(propertiesOf(commands[command].params));
  return Object.fromEntries(
    entries.map(([name, { schema, required }]) => {
      const type = types.input(schema, `${pascal(command)}.${name}`, !required || Object.hasOwn(filledIn, name));
      return [name, { type, description: filledIn[name]?.says ?? descriptionOf(schema) }];
    }),
  );
}

/** The parameters that a field's arguments mean. A `null` that the protocol does not know means that it was left out. */
export function parametersOf(command: CommandName, args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const schema = commands[command].params;
  const params = cleaned(schema, args) as Record<string, unknown>;
  for (const [name, { required }] of Object.entries(propertiesOf(schema))) {
    if (params[name] === undefined && required) params[name] = filledIn[name]?.make();
  }
  return params;
}

/** The parameters that name a room otherwise than by its id. */
export function roomsByName(command: CommandName, params: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(propertiesOf(commands[command].params)).flatMap(([name, { schema }]): [string, string][] => {
    const value = params[name];
    return typeof value === 'string' && !isRoomId(value) && textOf(schema) === roomIdText ? [[name, value]] : [];
  });
}

export function isRoomId(text: string): boolean {
  return uuid.test(text);
}

function propertiesOf(schema: TSchema) {
  const kind = shapeKind(withoutNull(schema).schema);
  return kind.kind === 'object' ? kind.properties : {};
}

function cleaned(schema: TSchema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kind = shapeKind(withoutNull(schema).schema);
  if (kind.kind === 'list' && Array.isArray(value)) return value.map((each) => cleaned(kind.of, each));
  if (kind.kind !== 'object') return value;
  const entries = Object.entries(kind.properties).flatMap(([name, each]) => {
    const given = (value as Record<string, unknown>)[name];
    const absent = given === undefined || (given === null && !withoutNull(each.schema).nullable);
    return absent ? [] : [[name, cleaned(each.schema, given)]];
  });
  return Object.fromEntries(entries);
}
