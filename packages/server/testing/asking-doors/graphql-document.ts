import { commands } from '@confab/protocol';
import type { Command } from '../asking-door.ts';

/** A schema of the protocol as the plain JSON Schema that it is. */
interface Schema {
  readonly anyOf?: readonly { readonly const?: unknown }[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const readingVerb = /\.(show|look-up|list|read|search|ping)$/;

/** A command as the one field of a GraphQL document, as docs/doors.md says that it is called. */
export function documentOf(command: Command, params: unknown): string {
  const { http, params: schema, result } = commands[command];
  const operation = http?.startsWith('GET ') || readingVerb.test(command) ? 'query' : 'mutation';
  const field = command.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());
  const given = fields(schema as Schema, params as object);
  const hasFields = Object.keys((result as Schema).properties ?? {}).length > 0;
  return `${operation} { ${field}${given ? `(${given})` : ''}${hasFields ? ' { __typename }' : ''} }`;
}

function fields(schema: Schema | undefined, value: object): string {
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${literal(schema?.properties?.[name], each)}`)
    .join(', ');
}

/** Words of a closed list are written without quotes, names of fields too. */
function literal(schema: Schema | undefined, value: unknown): string {
  if (schema?.anyOf?.some((each) => each.const === value)) return String(value);
  if (Array.isArray(value)) return `[${value.map((each) => literal(schema?.items, each)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{ ${fields(schema, value)} }`;
  return JSON.stringify(value);
}
