import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source-files.ts';

/** The numbers of the rules that a protocol document declares, such as `L7`. */
export function declaredRules(document: string): string[] {
  return [...document.matchAll(/^- \*\*\[([A-Z]\d+)\]\*\*/gm)].map(([, rule]) => rule ?? '');
}

/**
 * What is wrong with the rules and the tests: rules that no test quotes, quotes of rules that do not exist, numbers of
 * two rules.
 */
export function ruleProblems(rules: readonly string[], tests: ReadonlyMap<string, string>): string[] {
  const quoted = new Set<string>();
  const problems: string[] = [];
  for (const [file, source] of tests) {
    for (const [, rule = ''] of source.matchAll(/(?<=['"`\] ])\[([A-Z]\d+)\](?= )/g)) {
      quoted.add(rule);
      if (!rules.includes(rule)) problems.push(`${file} quotes [${rule}], which is no rule`);
    }
  }
  const untested = rules.filter((rule) => !quoted.has(rule)).map((rule) => `[${rule}] is quoted by no test`);
  const twice = rules.filter((rule, at) => rules.indexOf(rule) < at).map((rule) => `[${rule}] is two rules`);
  return [...twice, ...untested, ...new Set(problems)];
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const endings = ['.test.ts', '.test.tsx', '.e2e.ts', '-contract.ts'];
  const files = ['packages', 'apps'].flatMap((folder) => sourceFiles(root, folder, endings));
  const problems = ruleProblems(
    declaredRules(read('docs/protocol.md')),
    new Map(files.map((file) => [file, read(file)])),
  );
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
