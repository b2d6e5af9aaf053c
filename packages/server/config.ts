import { argumentsHelp } from './arguments.ts';
import { ConfigError, type Option, options } from './options.ts';

export { ConfigError } from './options.ts';

/** What a server is started with; one property per row of `options`. */
export type ServerConfig = {
  readonly [Name in keyof typeof options]: (typeof options)[Name] extends Option<infer Value> ? Value : never;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from the environment; an empty variable counts as not set.
 * @throws `ConfigError` with a sentence that names the variable, for a wrong value and for a name that is not an option.
 */
export function readConfig(environment: Environment): ServerConfig {
  const known = new Set<string>(Object.values(options).map((option) => option.env));
  for (const name of Object.keys(environment)) {
    if (name.startsWith('CONFAB_') && !name.startsWith('CONFAB_TEST_') && !known.has(name)) {
      throw new ConfigError(`There is no option ${name}. "npm start -- --help" lists them all.`);
    }
  }
  const config = readOptions(environment);
  if (config.redisUrl !== '' && config.databaseUrl === '') {
    throw new ConfigError(
      'CONFAB_REDIS_URL is set, but CONFAB_DATABASE_URL is not: Redis carries events between servers, and only servers with PostgreSQL can be several. Set both, or neither.',
    );
  }
  return config;
}

function readOptions(environment: Environment): ServerConfig {
  const entries = Object.entries(options).map(([key, option]) => [key, readOption(option, environment)]);
  return Object.fromEntries(entries) as ServerConfig;
}

function readOption(option: Option<unknown>, environment: Environment): unknown {
  const text = environment[option.env];
  if (text === undefined || text === '') return option.fallback;
  const read = option.read(text);
  if ('value' in read) return read.value;
  const said = option.isSecret ? 'is something else' : `is "${text}"`;
  throw new ConfigError(`${option.env} ${said}, but it has to be ${read.expected}.`);
}

/** The configuration that nothing in the environment changes, with what a caller wants otherwise. */
export function configWith(changes: Partial<ServerConfig> = {}): ServerConfig {
  return { ...readConfig({}), ...changes };
}

/** The text of `--help`. */
export function helpText(): string {
  const rows = Object.values(options).map((option) => {
    const fallback = 'fallbackText' in option ? option.fallbackText : String(option.fallback);
    return `  ${option.env}=<${option.form}>\n      ${option.help}\n      Default: ${fallback}.`;
  });
  return [
    'Confab: a self-hosted place to talk in real time.',
    '',
    ...argumentsHelp.map(([form, help]) => `  ${form.padEnd(28)} ${help}`),
    '',
    'Options come from the environment, for example CONFAB_PORT=8080 npm start:',
    '',
    ...rows,
    '',
  ].join('\n');
}
