import { ConfigError } from './options.ts';
import { processLimits } from './processes/limits.ts';
import { childArgument } from './processes/spawn-child.ts';

/** What may stand behind `npm start --`; for the help text. */
export const argumentsHelp: readonly (readonly [form: string, help: string])[] = [
  ['npm start', 'starts the server'],
  ['npm start -- --processes N', 'starts it as N processes on the same port; needs CONFAB_DATABASE_URL'],
  ['npm start -- --help', 'shows this text'],
];

export type Asked =
  | { readonly what: 'help' }
  | { readonly what: 'serve'; readonly sharesPorts: boolean }
  | { readonly what: 'processes'; readonly count: number };

/** @throws `ConfigError` with a sentence for an argument that is none. */
export function readArguments(given: readonly string[]): Asked {
  const [first, second, ...rest] = given;
  if (given.includes('--help') || given.includes('-h')) return { what: 'help' };
  if (first === undefined) return { what: 'serve', sharesPorts: false };
  if (first === childArgument && second === undefined) return { what: 'serve', sharesPorts: true };
  if (first !== '--processes' || rest.length > 0) {
    const stranger = first === '--processes' ? rest[0] : first;
    throw new ConfigError(`There is no argument "${stranger}". Options come from the environment; --help lists them.`);
  }
  const count = Number(second);
  if (!/^\d+$/.test(second ?? '') || count < 1 || count > processLimits.processes) {
    throw new ConfigError(`--processes has to be followed by a whole number from 1 to ${processLimits.processes}.`);
  }
  return count === 1 ? { what: 'serve', sharesPorts: false } : { what: 'processes', count };
}
