import type { TSchema } from '@confab/protocol';
import * as protocol from '@confab/protocol';

/** A schema of the protocol as the plain JSON Schema that it is. */
interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly pattern?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly TSchema[];
  readonly items?: TSchema;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
}

/** What a schema is in GraphQL's terms. `open`: nothing that GraphQL has a type for. */
export type ShapeKind =
  | { readonly kind: 'string' | 'id' | 'boolean' | 'float' | 'int32' | 'int53' | 'timestamp' | 'nothing' | 'open' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: TSchema }
  | { readonly kind: 'object'; readonly properties: Properties };

type Properties = Readonly<Record<string, { readonly schema: TSchema; readonly required: boolean }>>;

const int32 = 2 ** 31 - 1;
const plain = (schema: TSchema): JsonSchema => schema as unknown as JsonSchema;
const exported = Object.entries(protocol as unknown as Record<string, TSchema>);
/** The first name of each schema, and of each text: comparing them one by one stood still for more than a second. */
const exportedAs = new Map(exported.toReversed().map(([name, schema]) => [schema, name]));
const exportedWith = new Map(exported.toReversed().map(([name, schema]) => [textOf(schema), name]));
const idPatterns = new Set(
  exported.filter(([name]) => name.endsWith('IdSchema')).map(([, schema]) => plain(schema).pattern),
);

/** Whether `null` is among the values, and what the others are. */
export function withoutNull(schema: TSchema): { schema: TSchema; nullable: boolean } {
  const { anyOf } = plain(schema);
  const rest = anyOf?.filter((each) => plain(each).type !== 'null');
  if (!anyOf || !rest || rest.length === anyOf.length) return { schema, nullable: false };
  const [only] = rest;
  return { schema: rest.length === 1 && only ? only : ({ anyOf: rest } as unknown as TSchema), nullable: true };
}

export function shapeKind(schema: TSchema): ShapeKind {
  const { type, anyOf, items } = plain(schema);
  if (anyOf) return enumOf(anyOf);
  if (type === 'array' && items) return { kind: 'list', of: items };
  if (type === 'object') return objectOf(plain(schema));
  if (type === 'string') return { kind: isId(schema) ? 'id' : 'string' };
  if (type === 'integer') return { kind: integerKind(plain(schema)) };
  if (type === 'boolean') return { kind: 'boolean' };
  return { kind: type === 'number' ? 'float' : 'open' };
}

/** What a schema says: what is optional is a copy of its original, and says the same. */
export function textOf(schema: TSchema): string {
  return JSON.stringify(schema);
}

/** The name under which the protocol exports a shape. */
export function exportedName(schema: TSchema): string | undefined {
  const found = exportedAs.get(schema) ?? exportedWith.get(textOf(schema));
  return found?.replace(/(?<=.)Shape$/, '');
}

export function isExported(name: string): boolean {
  return Object.hasOwn(protocol, name);
}

function isId(schema: TSchema): boolean {
  const { pattern } = plain(schema);
  return pattern !== undefined && idPatterns.has(pattern);
}

function integerKind({ description, minimum, maximum }: JsonSchema): 'timestamp' | 'int32' | 'int53' {
  if (description === plain(protocol.Timestamp).description) return 'timestamp';
  return minimum !== undefined && maximum !== undefined && minimum >= -int32 && maximum <= int32 ? 'int32' : 'int53';
}

function enumOf(anyOf: readonly TSchema[]): ShapeKind {
  const values = anyOf.map((each) => plain(each).const);
  const areWords = values.every((value) => typeof value === 'string' && /^[A-Za-z][\w-]*$/.test(value));
  const areKeywords = values.some((value) => ['true', 'false', 'null'].includes(String(value)));
  return areWords && !areKeywords ? { kind: 'enum', values: values as string[] } : { kind: 'open' };
}

function objectOf({ properties, required = [] }: JsonSchema): ShapeKind {
  if (!properties) return { kind: 'open' };
  const entries = Object.entries(properties);
  if (entries.length === 0) return { kind: 'nothing' };
  return {
    kind: 'object',
    properties: Object.fromEntries(
      entries.map(([name, schema]) => [name, { schema, required: required.includes(name) }]),
    ),
  };
}
