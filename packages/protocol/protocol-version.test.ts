import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { closeCodes } from './close-codes.ts';
import { commands } from './commands.ts';
import { errors } from './errors.ts';
import { connectionEvents, ephemeralEvents, loggedEvents } from './events.ts';
import { limits } from './limits.ts';
import { protocolVersions } from './version.ts';

/**
 * The wire, hashed part by part, so that nobody changes it unawares. When one of these fails, ask: does a client of
 * the last release still understand a server with this change, and the other way round? If so, put the new hash here.
 * If not, it is a new version in `version.ts`, and the old one goes on being spoken.
 */
const hashes = {
  1: {
    commands: 'b3773f24ab28ce5c',
    loggedEvents: '7da38aa435bec6c0',
    ephemeralEvents: '4807f7fc924aa60b',
    connectionEvents: 'e47712e72ceec045',
    errors: 'd7ccbf1bfbc5e1e5',
    closeCodes: 'aec0fc2dc3ebb696',
    limits: '3757ceb44c4b9962',
  },
} as const;

/** The words that only people read may change freely. */
const prose = new Set(['summary', 'sentence', 'description']);

function hashOf(table: unknown): string {
  const text = JSON.stringify(table, (key, value) => {
    if (prose.has(key) && typeof value === 'string') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

test('the wire of the newest version is what it was', () => {
  const tables = { commands, loggedEvents, ephemeralEvents, connectionEvents, errors, closeCodes, limits };
  const now = Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, hashOf(table)]));
  expect(now).toEqual(hashes[protocolVersions[0]]);
});

test('a changed bound, a new property and a lost one change the hash; prose and order do not', () => {
  const table = { a: { type: 'string', maxLength: 5 }, b: 1, summary: 'One.' };
  expect(hashOf({ ...table, a: { type: 'string', maxLength: 6 } })).not.toBe(hashOf(table));
  expect(hashOf({ ...table, c: 1 })).not.toBe(hashOf(table));
  expect(hashOf({ a: table.a, summary: 'One.' })).not.toBe(hashOf(table));
  expect(hashOf({ summary: 'Two.', b: 1, a: table.a })).toBe(hashOf(table));
});
