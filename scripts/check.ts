import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export interface Step {
  name: string;
  command: readonly [string, ...string[]];
}

/** `npm run check` and CI run this list; `npm run check -- types sizes` runs the named ones. */
export const steps: readonly Step[] = [
  { name: 'format-and-lint', command: ['biome', 'check', '.'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'browser-types', command: ['tsc', '-p', 'tsconfig.browser.json'] },
  { name: 'worker-types', command: ['tsc', '-p', 'tsconfig.worker.json'] },
  { name: 'imports', command: ['node', 'scripts/check-imports.ts'] },
  { name: 'sizes', command: ['node', 'scripts/check-sizes.ts'] },
  { name: 'directions', command: ['node', 'scripts/check-directions.ts'] },
  { name: 'rules', command: ['node', 'scripts/check-rules.ts'] },
  { name: 'versions', command: ['node', 'scripts/check-versions.ts'] },
  { name: 'dead-code', command: ['knip'] },
  { name: 'tests', command: ['vitest', 'run'] },
];

const root = join(import.meta.dirname, '..');

/** Runs all steps, also after one failed, prints one line each and what a failed one said. True when all passed. */
export async function runSteps(wanted: readonly Step[], print: (text: string) => void): Promise<boolean> {
  let passed = true;
  for (const step of wanted) {
    const startedMs = performance.now();
    const { ok, output } = await run(step);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    print(`${ok ? 'ok  ' : 'FAIL'} ${step.name.padEnd(16)} ${seconds} s\n`);
    if (!ok) print(`${output.trimEnd()}\n`);
    passed &&= ok;
  }
  return passed;
}

function run(step: Step): Promise<{ ok: boolean; output: string }> {
  const [program, ...args] = step.command;
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, PATH: path } });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

if (import.meta.main) {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  const print = (text: string) => process.stdout.write(text);
  if (unknown.length > 0) {
    print(`There is no step named ${unknown.join(', ')}. Steps: ${steps.map((step) => step.name).join(', ')}.\n`);
    process.exitCode = 1;
  } else {
    const wanted = names.length === 0 ? steps : steps.filter((step) => names.includes(step.name));
    process.exitCode = (await runSteps(wanted, print)) ? 0 : 1;
  }
}
