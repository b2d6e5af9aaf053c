import type { TSchema } from '@confab/protocol';
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
} from 'graphql';
import { JsonScalar, SafeInt, TimestampScalar } from './scalars.ts';
import { exportedName, isExported, type ShapeKind, shapeKind, textOf, withoutNull } from './shape-kind.ts';

/** A word of the protocol (`set-up`, `message.post`) as part of a GraphQL name. */
export const pascal = (word: string): string =>
  word.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase());

const scalars = {
  string: GraphQLString,
  id: GraphQLID,
  boolean: GraphQLBoolean,
  float: GraphQLFloat,
  int32: GraphQLInt,
  int53: SafeInt,
  timestamp: TimestampScalar,
  open: JsonScalar,
} as const;

/**
 * GraphQL types for the protocol's schemas. A shape is named as the protocol names it, one without a name after where
 * it stands; the same shape is the same type wherever it stands.
 */
export class SchemaTypes {
  private readonly outputs = new Map<TSchema, GraphQLObjectType>();
  private readonly inputs = new Map<TSchema, GraphQLInputObjectType>();
  /** By what they say. */
  private readonly enums = new Map<string, GraphQLEnumType>();
  private readonly names = new Set(['Query', 'Mutation', 'Subscription']);

  /** `place`: where it stands, e.g. `RoomMembers.result`. An object without properties is told as `true`. */
  output(given: TSchema, place: string, optional = false): GraphQLOutputType {
    const { schema, nullable } = withoutNull(given);
    const kind = shapeKind(schema);
    const type = kind.kind === 'nothing' ? GraphQLBoolean : this.outputOf(kind, schema, place);
    return nullable || optional || kind.kind === 'open' ? type : new GraphQLNonNull(type);
  }

  input(given: TSchema, place: string, optional = false): GraphQLInputType {
    const { schema, nullable } = withoutNull(given);
    const type = this.inputOf(shapeKind(schema), schema, place);
    return nullable || optional ? type : new GraphQLNonNull(type);
  }

  private outputOf(kind: ShapeKind, schema: TSchema, place: string) {
    if (kind.kind === 'list') return new GraphQLList(this.output(kind.of, place));
    if (kind.kind === 'enum') return this.enumType(schema, kind.values, place);
    if (kind.kind === 'nothing') return JsonScalar;
    if (kind.kind !== 'object') return scalars[kind.kind];
    const known = this.outputs.get(schema);
    if (known) return known;
    const name = this.nameFor(schema, place);
    const type = new GraphQLObjectType({
      name,
      fields: () =>
        mapped(kind.properties, (key, each) => ({
          type: this.output(each.schema, `${name}.${key}`, !each.required),
          description: descriptionOf(each.schema),
        })),
    });
    this.outputs.set(schema, type);
    return type;
  }

  private inputOf(kind: ShapeKind, schema: TSchema, place: string) {
    if (kind.kind === 'list') return new GraphQLList(this.input(kind.of, place));
    if (kind.kind === 'enum') return this.enumType(schema, kind.values, place);
    if (kind.kind === 'nothing') return JsonScalar;
    if (kind.kind !== 'object') return scalars[kind.kind];
    const known = this.inputs.get(schema);
    if (known) return known;
    const name = this.nameFor(schema, place, 'Input');
    const type = new GraphQLInputObjectType({
      name,
      fields: () =>
        mapped(kind.properties, (key, each) => ({
          type: this.input(each.schema, `${name}.${key}`, !each.required),
          description: descriptionOf(each.schema),
        })),
    });
    this.inputs.set(schema, type);
    return type;
  }

  private enumType(schema: TSchema, values: readonly string[], place: string): GraphQLEnumType {
    const said = textOf(schema);
    const known = this.enums.get(said);
    if (known) return known;
    const type = new GraphQLEnumType({
      name: this.nameFor(schema, this.enumPlace(place)),
      values: Object.fromEntries(values.map((value) => [value.replaceAll('-', '_'), { value }])),
    });
    this.enums.set(said, type);
    return type;
  }

  /** The last word alone, where that says enough: `Deliver`. */
  private enumPlace(place: string): string {
    const word = pascal(place.slice(place.lastIndexOf('.') + 1));
    return this.names.has(word) || isExported(word) ? place : word;
  }

  private nameFor(schema: TSchema, place: string, suffix = ''): string {
    const base = `${exportedName(schema) ?? pascal(place)}${suffix}`;
    let name = base;
    for (let count = 2; this.names.has(name); count += 1) name = `${base}${count}`;
    this.names.add(name);
    return name;
  }
}

export function descriptionOf(schema: TSchema): string | undefined {
  return (schema as unknown as { description?: string }).description;
}

function mapped<T, Value>(record: Readonly<Record<string, T>>, make: (key: string, value: T) => Value) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(key, value)]));
}
