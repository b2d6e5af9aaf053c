import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { importOrder, sliceOrder } from './import-order.ts';
import { sourceFiles } from './source-files.ts';

/** One import that points where it must not. */
export interface WrongImport {
  file: string;
  specifier: string;
  problem: string;
}

const slicedFolder = 'packages/chat';
const isTest = (file: string) => /\.(test|e2e)\.tsx?$|(^|\/)(testing|e2e|torture)\//.test(file);

/** The module specifiers of a source text: static and dynamic imports, and exports from elsewhere. */
export function specifiersOf(source: string): string[] {
  const withoutComments = source.replace(/(^|\s)\/\*[\s\S]*?\*\//g, '$1').replace(/(^|\s)\/\/.*$/gm, '$1');
  const pattern =
    /(?:^|[;}\s])(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[;}\s])import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g;
  return [...withoutComments.matchAll(pattern)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

/** Every import under `root` that breaks `import-order.ts`. */
export function wrongImports(root: string): WrongImport[] {
  const wrong: WrongImport[] = [];
  for (const [folder, rule] of Object.entries(importOrder)) {
    if (!existsSync(join(root, folder))) continue;
    const own = posix.basename(folder);
    for (const file of sourceFiles(root, folder, ['.ts', '.tsx'])) {
      const may = new Set([own, ...rule.may, ...(isTest(file) ? (rule.alsoInTests ?? []) : [])]);
      for (const specifier of specifiersOf(readFileSync(join(root, file), 'utf8'))) {
        const problem = problemOf(folder, may, file, specifier);
        if (problem) wrong.push({ file, specifier, problem });
      }
    }
  }
  return wrong;
}

function problemOf(folder: string, may: ReadonlySet<string>, file: string, specifier: string): string | undefined {
  const workspace = /^@confab\/([^/]+)/.exec(specifier)?.[1];
  if (workspace !== undefined) return may.has(workspace) ? undefined : `${folder} may not import ${workspace}`;
  if (!specifier.startsWith('.')) return undefined;
  const target = posix.join(dirname(file), specifier);
  if (!target.startsWith(`${folder}/`)) return `reaches out of ${folder} by its path`;
  return folder === slicedFolder && !isTest(file) ? sliceProblem(file, target) : undefined;
}

function sliceProblem(file: string, target: string): string | undefined {
  const from = sliceOf(file);
  const to = sliceOf(target);
  if (from === undefined || to === undefined || from === to) return undefined;
  if (sliceOrder.indexOf(to) > sliceOrder.indexOf(from)) return `${to} comes after ${from}: tell it by an event`;
  return target.endsWith(`/${to}/index.ts`) ? undefined : `goes around the index.ts of ${to}`;
}

function sliceOf(file: string): string | undefined {
  const word = file.slice(slicedFolder.length + 1).split('/')[0];
  return word !== undefined && sliceOrder.includes(word) ? word : undefined;
}

if (import.meta.main) {
  const wrong = wrongImports(join(import.meta.dirname, '..'));
  for (const { file, specifier, problem } of wrong) process.stdout.write(`${file}: '${specifier}' ${problem}\n`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
