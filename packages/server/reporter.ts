import type { Report } from '@confab/engine';
import pino, { type Logger } from 'pino';
import type { LogLevel } from './options.ts';

/** The log: JSON lines on stderr, or lines for people where that is a terminal. Nothing secret is ever handed to it. */
export function createLogger(level: LogLevel): Logger {
  const options = {
    level,
    base: null,
    // A second fence: callers do not pass these, but a request that is logged by mistake must not tell them.
    redact: ['token', 'password', 'cookie', 'authorization', '*.token', '*.password', '*.cookie', '*.authorization'],
    serializers: { error: pino.stdSerializers.err },
  };
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }));
  return pino(options, { write: (line: string) => process.stderr.write(forPeople(line)) });
}

export function reportTo(logger: Logger): Report {
  return (level, what, details) => logger[level](details ?? {}, what);
}

function forPeople(line: string): string {
  const { level, time, msg, error, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const at = new Date(Number(time)).toISOString().slice(11, 19);
  const label = pino.levels.labels[Number(level)] ?? 'info';
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  const stack = error && typeof error === 'object' && 'stack' in error ? `\n${String(error.stack)}` : '';
  return `${at} ${label.padEnd(5)} ${String(msg)}${details}${stack}\n`;
}
