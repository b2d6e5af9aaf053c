import { flushCompileCache } from 'node:module';
import { DatabaseRefused } from '@confab/storage';
import { type Asked, readArguments } from './arguments.ts';
import { ConfigError, helpText, readConfig, type ServerConfig } from './config.ts';
import { runProcesses } from './processes/run-processes.ts';
import type { ReadyMessage } from './processes/spawn-child.ts';
import { createLogger, reportTo } from './reporter.ts';
import { endOnBugs, endOnSignals } from './shutdown.ts';
import { type RunningServer, startServer } from './start-server.ts';

/** Sentences for the person who starts it go to stdout, the log to stderr. */
type Say = (sentence: string) => void;
const say: Say = (sentence) => void process.stdout.write(`${sentence}\n`);

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function orStop<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) stop(error.message);
    throw error;
  }
}

/** Why it could not start, in a sentence that says what to do. */
function reasonOf(error: unknown, config: ServerConfig): string {
  if (error instanceof DatabaseRefused) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${config.port} is taken by another program. Stop that one, or choose another port: CONFAB_PORT=3001 npm start`;
  }
  if (code === 'EACCES')
    return `Not allowed: ${message}. Choose a port above 1023, or a data folder that you may write to.`;
  if (code === 'ENOTSUP')
    return 'This system does not let several processes share a port. Start one server per port instead, behind a proxy.';
  return `Confab could not start: ${message}`;
}

function welcome({ url, data, setUp }: RunningServer, { publicUrl, databaseUrl }: ServerConfig): string[] {
  return [
    `Confab is ready at ${publicUrl || url}`,
    databaseUrl === ''
      ? `Its data is in ${data}`
      : `Its data is in ${databaseShown(databaseUrl)}, its files in ${data}`,
    ...(setUp ? [] : ['Open the address in a browser to make the first account; it will own this instance.']),
  ];
}

/** Never the whole address, which may hold a password. */
function databaseShown(databaseUrl: string): string {
  const { hostname, pathname } = new URL(databaseUrl);
  return `the PostgreSQL database ${pathname.slice(1)}${hostname === '' ? '' : ` at ${hostname}`}`;
}

function tellParent(sentences: readonly string[]): void {
  process.send?.({ sentences } satisfies ReadyMessage);
}

const needsPostgres =
  '--processes needs PostgreSQL: a SQLite database belongs to one process. Set CONFAB_DATABASE_URL=postgres://user:password@host/database, or start without --processes.';

/**
 * A server as a process: reads its arguments and its environment, starts, and ends on signals.
 * @param webAppFolder gives the folder of the web app, or `undefined` to serve none; may take some seconds.
 */
export async function runServer(webAppFolder: (say: Say) => Promise<string | undefined>): Promise<void> {
  const asked = orStop(() => readArguments(process.argv.slice(2)));
  if (asked.what === 'help') return say(helpText());
  const config = orStop(() => readConfig(process.env));
  if (asked.what === 'serve') return serve(asked, config, webAppFolder);
  if (config.databaseUrl === '') stop(needsPostgres);
  const report = reportTo(createLogger(config.logLevel));
  await runProcesses(config, asked.count, say, report).catch(() => process.exit(1));
}

async function serve(
  { sharesPorts }: Extract<Asked, { what: 'serve' }>,
  config: ServerConfig,
  webAppFolder: (say: Say) => Promise<string | undefined>,
): Promise<void> {
  const logger = createLogger(config.logLevel);
  // One process of several is looked after by the one that started it, and ends with it.
  if (sharesPorts) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  try {
    const webApp = await webAppFolder(say);
    const server = await startServer(config, { sharesPorts, ...(webApp === undefined ? {} : { webApp }) });
    endOnSignals(server.close, sharesPorts ? () => {} : say);
    endOnBugs(server.close, (error) => logger.fatal({ error }, 'an error that nothing caught'));
    const sentences = welcome(server, config);
    if (sharesPorts) tellParent(sentences);
    else for (const sentence of sentences) say(sentence);
    // Now rather than at the end, which a power cut may never let come.
    flushCompileCache();
  } catch (error) {
    stop(reasonOf(error, config));
  }
}
