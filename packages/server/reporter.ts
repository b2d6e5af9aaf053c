import type { Report } from '@confab/engine';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './options.ts';

/** Properties that hold secrets, under the names that commands, headers and tables have for them. */
const secretNames = [
  'token',
  'password',
  'current',
  'next',
  'invite',
  'cookie',
  'authorization',
  'set-cookie',
  'token_hash',
  'password_hash',
];
/** How deep below what is logged they are looked for. */
const depths = ['', '*', '*.*', '*.*.*', '*.*.*.*'];

const redact = depths.flatMap((depth) => secretNames.map((name) => `${depth}["${name}"]`));

/** The log: JSON lines on stderr, or lines for people where that is a terminal. Nothing secret is ever handed to it. */
export function createLogger(level: LogLevel, destination: DestinationStream = standardError()): Logger {
  const options = {
    level,
    base: null,
    // A second fence: callers do not pass these, but a request that is logged by mistake must not tell them.
    redact,
    serializers: { error: pino.stdSerializers.err },
  };
  return pino(options, destination);
}

function standardError(): DestinationStream {
  if (!process.stderr.isTTY) return pino.destination({ dest: 2, sync: true });
  return { write: (line: string) => void process.stderr.write(forPeople(line)) };
}

export function reportTo(logger: Logger): Report {
  return (level, what, details) => logger[level](details ?? {}, what);
}

/** One line of the log as a person reads it. */
export function forPeople(line: string): string {
  const { level, time, msg, error, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const at = new Date(Number(time)).toISOString().slice(11, 19);
  const label = pino.levels.labels[Number(level)] ?? 'info';
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  const stack = error && typeof error === 'object' && 'stack' in error ? `\n${String(error.stack)}` : '';
  return `${at} ${label.padEnd(5)} ${String(msg)}${details}${stack}\n`;
}
