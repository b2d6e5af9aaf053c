import { ConfigError, CopyRefused, DatabaseRefused, readConfig } from '@confab/server';
import { Misused } from './admin-command.ts';
import { commands } from './commands.ts';
import { ImportRefused } from './import/refused.ts';
import { progressLines } from './progress-lines.ts';

/** `npm run confab -- <command>`: what whoever runs an instance does with its data. */

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function helpText(): string {
  const rows = Object.entries(commands).map(([name, { argument, help }]) => `  ${name} ${argument}\n      ${help}\n`);
  return `npm run confab -- <command>\n\n${rows.join('')}\nIt takes the same CONFAB_* variables as the server.`;
}

/** In words for whoever gave the command; what nobody foresaw is told as it came. */
function reasonOf(error: unknown): string {
  const isSentence = [CopyRefused, DatabaseRefused, ConfigError, ImportRefused, Misused].some(
    (kind) => error instanceof kind,
  );
  const { message } = error as Error;
  return isSentence ? message : `It failed, and what was begun is undone: ${message}`;
}

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined || (args.length > 1 && !command.takesMore)) {
  say(helpText());
  process.exitCode = ['', 'help', '--help', '-h'].includes(name) ? 0 : 1;
} else {
  try {
    const config = readConfig(process.env);
    const progress = progressLines(say, () => performance.now());
    for (const line of await command.run(args[0], { config, now: Date.now, progress, say }, args)) say(line);
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exitCode = 1;
  }
}
