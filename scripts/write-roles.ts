import { readFileSync, writeFileSync } from 'node:fs';
import { withRolesTable } from '../packages/chat/testing/roles-table.ts';

/** Writes the table of operations in docs/roles.md anew, from what they declare. */
const path = new URL('../docs/roles.md', import.meta.url);
writeFileSync(path, withRolesTable(readFileSync(path, 'utf8')));
