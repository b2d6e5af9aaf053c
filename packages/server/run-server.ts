import { flushCompileCache } from 'node:module';
import { DatabaseRefused } from '@confab/storage';
import { ConfigError, helpText, readConfig, type ServerConfig } from './config.ts';
import { createLogger } from './reporter.ts';
import { endOnBugs, endOnSignals } from './shutdown.ts';
import { type RunningServer, startServer } from './start-server.ts';

/** Sentences for the person who starts it go to stdout, the log to stderr. */
type Say = (sentence: string) => void;
const say: Say = (sentence) => void process.stdout.write(`${sentence}\n`);

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function configOrStop(): ServerConfig {
  try {
    return readConfig(process.env);
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
  return `Confab could not start: ${message}`;
}

function welcome({ url, data, setUp }: RunningServer, config: ServerConfig): void {
  say(`Confab is ready at ${config.publicUrl || url}`);
  say(`Its data is in ${data}`);
  if (!setUp) say('Open the address in a browser to make the first account; it will own this instance.');
}

/**
 * A server as a process: reads its arguments and its environment, starts, and ends on signals.
 * @param webAppFolder gives the folder of the web app, or `undefined` to serve none; may take some seconds.
 */
export async function runServer(webAppFolder: (say: Say) => Promise<string | undefined>): Promise<void> {
  const arguments_ = process.argv.slice(2);
  if (arguments_.includes('--help') || arguments_.includes('-h')) return say(helpText());
  if (arguments_.length > 0)
    stop(`There is no argument "${arguments_[0]}". Options come from the environment; --help lists them.`);
  const config = configOrStop();
  const logger = createLogger(config.logLevel);
  try {
    const webApp = await webAppFolder(say);
    const server = await startServer(config, webApp === undefined ? {} : { webApp });
    endOnSignals(server.close, say);
    endOnBugs(server.close, (error) => logger.fatal({ error }, 'an error that nothing caught'));
    welcome(server, config);
    // Now rather than at the end, which a power cut may never let come.
    flushCompileCache();
  } catch (error) {
    stop(reasonOf(error, config));
  }
}
