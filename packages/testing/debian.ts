import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** A command that a fault test needs, and the Debian package that brings it. */
export interface DebianCommand {
  readonly command: string;
  readonly package: string;
}

const run = promisify(execFile);

/**
 * Makes sure that the commands are there: installs their packages as root on Debian.
 * @throws an `Error` that says what to install, anywhere else or when that fails.
 */
export async function ensureDebianPackages(commands: readonly DebianCommand[]): Promise<void> {
  const missing = commands.filter(({ command }) => !isInstalled(command));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((each) => each.package))];
  const advice = `Install ${packages.join(', ')} first: apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) throw new Error(advice);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-q'], { env });
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { env });
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
