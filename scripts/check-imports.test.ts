import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { specifiersOf, wrongImports } from './check-imports.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'confab-imports-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function problemsOf(file: string, source: string): string[] {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), source);
  return wrongImports(root).map(({ problem }) => problem);
}

describe('the import order', () => {
  test.each([
    ['packages/engine/a.ts', "import { x } from '@confab/protocol';"],
    ['packages/engine/a.ts', "import { x } from '@confab/engine/testing';"],
    ['packages/client/a.test.ts', "import { startServer } from '@confab/server';"],
    ['packages/client/testing/a.ts', "import { startServer } from '@confab/server';"],
    ['packages/chat/messages/a.ts', "import { x } from '../rooms/index.ts';"],
    ['packages/chat/messages/a.ts', "import { x } from '../operation.ts';"],
    ['packages/chat/operations.ts', "import { x } from './rooms/show-room.ts';"],
    ['packages/chat/rooms/a.ts', "import fastify from 'fastify';"],
  ])('%s may say %s', (file, source) => {
    expect(problemsOf(file, source)).toEqual([]);
  });

  test.each([
    ['packages/engine/a.ts', "import { x } from '@confab/chat';", 'may not import chat'],
    ['packages/engine/a.ts', "import type { X } from '@confab/storage';", 'may not import storage'],
    ['packages/engine/a.ts', "export * from '@confab/chat';", 'may not import chat'],
    ['packages/engine/a.ts', "const x = await import('@confab/chat');", 'may not import chat'],
    ['packages/engine/a.ts', "import '@confab/chat';", 'may not import chat'],
    ['packages/client/a.ts', "import { startServer } from '@confab/server';", 'may not import server'],
    ['packages/engine/a.ts', "import { x } from '../chat/index.ts';", 'reaches out of packages/engine'],
    ['packages/chat/rooms/a.ts', "import { x } from '../messages/index.ts';", 'messages comes after rooms'],
    ['packages/chat/messages/a.ts', "import { x } from '../rooms/room-store.ts';", 'goes around the index.ts of rooms'],
  ])('%s may not say %s', (file, source, problem) => {
    expect(problemsOf(file, source)).toEqual([expect.stringContaining(problem)]);
  });

  test('imports are found over several lines and not in comments', () => {
    const source = "import {\n  a,\n} from 'one';\n// import { b } from 'two';\n/* export * from 'three'; */\n";
    expect(specifiersOf(source)).toEqual(['one']);
  });
});
