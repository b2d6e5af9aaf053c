import { parseArgs } from 'node:util';
import { type Figure, figureTable } from './figures.ts';

/** A run that a person starts by name. Every option is a whole number and has a default. */
export interface NamedRun {
  help: string;
  options: Readonly<Record<string, number>>;
  run(options: Record<string, number>): Promise<readonly Figure[]>;
}

export type RunTable = Readonly<Record<string, NamedRun>>;

/** What was asked for on the command line, or a sentence that says what is wrong with it. */
export function chooseRun(
  table: RunTable,
  args: readonly string[],
): { name: string; chosen: NamedRun; options: Record<string, number> } | { problem: string } {
  const [name = '', ...rest] = args;
  const chosen = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!chosen) return { problem: name === '' ? 'Say which run.' : `There is no run named “${name}”.` };
  const declared = Object.fromEntries(Object.keys(chosen.options).map((key) => [key, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args: [...rest], options: declared });
    const options = { ...chosen.options };
    for (const [key, value] of Object.entries(values)) {
      if (!/^\d+$/.test(String(value))) return { problem: `--${key} needs a whole number.` };
      options[key] = Number(value);
    }
    return { name, chosen, options };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** What there is to choose from. */
export function runHelp(command: string, table: RunTable): string {
  const rows = Object.entries(table).map(([name, { help, options }]) => {
    const flags = Object.entries(options).map(([key, value]) => ` [--${key} ${value}]`);
    return `  ${name.padEnd(14)} ${help}${flags.length > 0 ? `\n  ${' '.repeat(14)}${flags.join('')}` : ''}\n`;
  });
  return `npm run ${command} -- <name> [--option number]\n${rows.join('')}`;
}

/** Runs what `args` name, prints its figures, and says whether all of them held. */
export async function performRun(
  command: string,
  table: RunTable,
  args: readonly string[],
  print: (text: string) => void,
): Promise<boolean> {
  const choice = chooseRun(table, args);
  if ('problem' in choice) {
    print(`${choice.problem}\n${runHelp(command, table)}`);
    return false;
  }
  const startedMs = performance.now();
  const figures = await choice.chosen.run(choice.options);
  const ok = figures.length > 0 && figures.every((figure) => figure.ok);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  print(`${choice.name}\n${figureTable(figures)}  ${ok ? 'All bars hold' : 'SHORT'} after ${seconds} s.\n`);
  return ok;
}
