import type { CustomTypesConfig } from 'pg';

type Parse = (text: string) => unknown;

/** PostgreSQL's own numbers of types (pg_type.oid). What is not listed stays text. */
const parsers: Readonly<Record<number, Parse>> = {
  // SQLite has no truth values: a comparison is 1 or 0.
  16: (text) => (text === 't' ? 1 : 0),
  17: bytesOf, // bytea
  20: Number, // bigint: counts and milliseconds, all within what a Number holds exactly
  21: Number, // smallint
  23: Number, // integer
  700: Number, // real
  701: Number, // double precision
  1700: Number, // numeric: a sum of bigints
};

const asText: Parse = (text) => text;

/** Results as SQLite gives them. */
export const resultTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number) => parsers[oid] ?? asText) as CustomTypesConfig['getTypeParser'],
};

/** From PostgreSQL's form of bytes: `\x` and two hexadecimal digits each. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.slice(2), 'hex'));
}
