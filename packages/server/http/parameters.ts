import type { TSchema } from '@confab/protocol';

interface Parts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

type Properties = Record<string, { type?: string }>;

/**
 * The parameters of a command from the parts of a request: the body, or the query string where there is none, and the
 * path over both. Texts of a path or query become what the schema wants, if they can; if not, validation says so.
 */
export function parametersOf(schema: TSchema, { params, query, body }: Parts): unknown {
  if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) return body;
  const properties = (schema as unknown as { properties: Properties }).properties;
  const rest = (body as Record<string, unknown> | undefined) ?? coerced(properties, query);
  return { ...rest, ...coerced(properties, params) };
}

function coerced(properties: Properties, texts: unknown): Record<string, unknown> {
  const entries = Object.entries((texts ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, coerce(properties[name]?.type, value)]));
}

function coerce(type: string | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
