import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** A command that a fault test needs, and the Debian package that brings it. */
export interface DebianCommand {
  readonly command: string;
  readonly package: string;
}

const run = promisify(execFile);
/** Programs for administrators are here, which is not in everybody's PATH; those who start them look there too. */
const administration = ['/usr/local/sbin', '/usr/sbin', '/sbin'];
process.env.PATH = [...new Set([...(process.env.PATH ?? '').split(delimiter), ...administration])].join(delimiter);
/** Held while packages are installed: tests that run side by side would find each other in the way. */
const installing = join(tmpdir(), 'confab-installing.lock');

/**
 * Makes sure that the commands are there: installs their packages as root on Debian.
 * @throws an `Error` that says what to install, anywhere else or when that fails.
 */
export async function ensureDebianPackages(commands: readonly DebianCommand[]): Promise<void> {
  const missing = commands.filter(({ command }) => !isInstalled(command));
  if (missing.length > 0) await install(missing);
}

async function install(missing: readonly DebianCommand[]): Promise<void> {
  const packages = [...new Set(missing.map((each) => each.package))];
  const advice = `Install ${packages.join(', ')} first: apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) throw new Error(advice);
  // At this level no server that comes with a package is started: the tests start their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  try {
    const install = 'apt-get update -q && exec apt-get install -q -y --no-install-recommends "$@"';
    await run('flock', [installing, 'sh', '-c', install, 'install', ...packages], { env });
  } catch (error) {
    throw new Error(advice, { cause: error });
  }
}

export function isInstalled(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
