import type { Migration } from '@confab/storage';
import { migrationsFrom1 } from './migrations-from-1.ts';
import { migrationsFrom19 } from './migrations-from-19.ts';

/**
 * The history of the schema, one row a step; a released step never changes. Times are Unix milliseconds. The tables
 * of a domain word carry its name.
 */
export const migrations: readonly Migration[] = [...migrationsFrom1, ...migrationsFrom19];
