import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Files of the protocol that hold no schema: a bundle may have them. */
const light = [
  'error-codes',
  'ids',
  'initial-settings',
  'close-codes',
  'custom-emoji-name',
  'decide-notification',
  'limits',
  'membership-fold',
  'mention-names',
  'message-fold',
  'moderation-fold',
  'notices',
  'picture-fold',
  'quiet-hours',
  'receipt-rules',
  'room-rules-fold',
  'same-draft',
  'sections-fold',
  'version',
  'codec/client-json',
].map((file) => `@confab/protocol/${file}.ts`);

async function productFiles(): Promise<string[]> {
  const files = await readdir(import.meta.dirname, { recursive: true });
  return files.filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/(testing|node_modules)\//.test(file),
  );
}

/** Modules that a source imports for their values. */
function valueImports(source: string): string[] {
  const statements = source.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from '([^']+)';/gm);
  return [...statements].filter(([text]) => !/\{\s*(type [^,}]+,?\s*)+\}/.test(text)).map(([, module]) => module ?? '');
}

describe('what the client brings along', () => {
  it('finds an import of values', () => {
    expect(valueImports("import { commands } from '@confab/protocol';")).toEqual(['@confab/protocol']);
    expect(valueImports("import type { Person } from '@confab/protocol';")).toEqual([]);
    expect(valueImports("import {\n  type A,\n  b,\n} from 'x';")).toEqual(['x']);
  });

  it('holds no schemas, and no package but its own', async () => {
    const foreign: string[] = [];
    for (const file of await productFiles()) {
      for (const module of valueImports(await readFile(join(import.meta.dirname, file), 'utf8'))) {
        const own = module.startsWith('.') || light.includes(module);
        const atHome =
          (file.startsWith('react/') && module === 'react') || (file.startsWith('node/') && module.startsWith('node:'));
        if (!own && !atHome) foreign.push(`${file}: ${module}`);
      }
    }
    expect(foreign).toEqual([]);
  });
});
