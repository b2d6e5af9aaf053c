import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const build = fileURLToPath(new URL('../build.ts', import.meta.url));

/** Builds what servers start from, once and before all tests: those that start at the same time would each build it. */
export default function buildFirst(): void {
  execFileSync(process.execPath, [build], { stdio: ['ignore', 'ignore', 'inherit'] });
}
