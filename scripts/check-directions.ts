import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source-files.ts';

const sides = /^(?:(?:margin|padding|border|scroll-margin|scroll-padding)-)?(?:left|right)\b/;
const corners = /^border-(?:top|bottom)-(?:left|right)-radius$/;
const sided = new Set(['text-align', 'float', 'clear']);
const four = new Set(['margin', 'padding', 'inset', 'scroll-margin', 'scroll-padding']);

/** Where a side of the window is meant, not one of a line. */
const meant: Readonly<Record<string, string>> = {
  'apps/web/ui/tooltip-layer.module.css': 'left',
};

/**
 * The lines of a style sheet that name a side where the beginning or the end of a line is meant: right to left they
 * would be wrong. A file that says the same property again for `[dir="rtl"]` has thought of it.
 */
export function directionProblems(file: string, css: string): string[] {
  const lines = css.split('\n');
  const turned = turnedProperties(css);
  return lines.flatMap((line, index) => {
    const [, property = '', value = ''] = /^\s*([a-z-]+):\s*([^;]+);/.exec(line) ?? [];
    if (!namesSide(property, value) || turned.has(property) || meant[file] === property) return [];
    return [`${file}:${index + 1} names a side: ${line.trim()}`];
  });
}

function namesSide(property: string, value: string): boolean {
  if (sides.test(property) || corners.test(property)) return true;
  if (sided.has(property)) return /^(?:left|right)$/.test(value);
  if (!four.has(property)) return false;
  const [, right, , left] =
    value.match(/\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?/g) ?? [];
  return left !== undefined && left !== right;
}

function turnedProperties(css: string): Set<string> {
  const blocks = [...css.matchAll(/\[dir="rtl"\][^{]*\{([^}]*)\}/g)].map(([, block = '']) => block);
  return new Set(blocks.flatMap((block) => [...block.matchAll(/^\s*([a-z-]+):/gm)].map(([, name = '']) => name)));
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const problems = sourceFiles(root, 'apps', ['.css']).flatMap((file) =>
    directionProblems(file, readFileSync(join(root, file), 'utf8')),
  );
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
