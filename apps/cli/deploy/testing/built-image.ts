import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { commandOf, type Stage, type Step, stagesOf } from '../dockerfile.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../../..');
const dockerfile = join(root, 'deploy/Dockerfile');

/** Who runs everything when the test is root: nobody in particular. */
const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/**
 * What `deploy/Dockerfile` makes, without a container: its commands are run in their order, by a plain user, in
 * folders in place of its file systems. The base images' programs are this machine's.
 */
export class BuiltImage {
  private readonly folder: string;
  private readonly home: string;
  private readonly last: Stage;

  private constructor(folder: string, last: Stage) {
    this.folder = folder;
    this.home = join(folder, 'home');
    this.last = last;
  }

  /** `whole`: builds the web app and the server as the image does; otherwise they are those of this checkout. */
  static async build({ whole }: { whole: boolean }): Promise<BuiltImage> {
    const stages = stagesOf(readFileSync(dockerfile, 'utf8'));
    const [first, last] = stages;
    if (!first || !last || stages.length !== 2) throw new Error('There are not two stages.');
    const folder = mkdtempSync(join(tmpdir(), 'confab-image-'));
    const image = new BuiltImage(folder, last);
    try {
      ownFolder(folder);
      ownFolder(image.home);
      const installs = first.steps.findIndex(({ text }) => text.includes('--omit=dev'));
      if (installs < 0) throw new Error('Nothing leaves out what only building needs.');
      for (const [index, step] of first.steps.entries()) {
        if (whole || index >= installs || step.keyword !== 'RUN') await image.buildStep(step);
        else if (step.text === 'npm run build') copyBuilt(image.at('build', '.'));
      }
      for (const step of last.steps) image.imageStep(step);
      return image;
    } catch (error) {
      image.remove();
      throw error;
    }
  }

  /** Where a path of the image, or of the stage that builds it, is here. */
  private at(place: 'build' | 'image', path: string): string {
    return join(this.folder, place, path.startsWith('/') ? path : join('/confab', path));
  }

  private async buildStep({ keyword, text }: Step): Promise<void> {
    if (keyword === 'WORKDIR') ownFolder(this.at('build', text));
    else if (keyword === 'COPY' && text === '. .') copyContext(this.at('build', '.'));
    else if (keyword === 'RUN') {
      const options = { cwd: this.at('build', '.'), env: this.environment({}), ...account, maxBuffer: 1e8 };
      await run('/bin/sh', ['-c', text], options);
    } else throw new Error(`The test does not know ${keyword} ${text}.`);
  }

  private imageStep({ keyword, words, flags }: Step): void {
    if (keyword !== 'COPY') return;
    const [from = '', to = ''] = words;
    if (flags.get('from') !== 'build') throw new Error('Only what was built belongs into the image.');
    const target = this.at('image', to === './' ? from.replace(/^\/confab\//, '') : to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(this.at('build', from), target, { recursive: true, verbatimSymlinks: true });
    // Everything but what is given away belongs to root, as in the image: the server cannot write to its own code.
    if (flags.has('chown')) chownSync(target, account.uid ?? -1, account.gid ?? -1);
  }

  /** Packages that lie on the image's top level, by name. */
  get packages(): string[] {
    const folder = this.at('image', 'node_modules');
    const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
    return names.flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : name,
    );
  }

  /** Starts what the image starts. */
  start(env: Readonly<Record<string, string>>): ChildProcess {
    const step = this.last.steps.find(({ keyword }) => keyword === 'CMD');
    return this.spawn(step, env);
  }

  /** The code of the image's health check: 0 when it is well. */
  async health(env: Readonly<Record<string, string>>): Promise<number> {
    const step = this.last.steps.find(({ keyword }) => keyword === 'HEALTHCHECK');
    const [code] = await once(this.spawn(step, env), 'exit');
    return code;
  }

  /** Runs a command in the image, as `docker exec` does, and resolves to what it said. Paths are those of the image. */
  async run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const [program = '', ...args] = words.map((word) => (word.startsWith('/') ? this.at('image', word) : word));
    const environment = this.environment(this.declared(env));
    const { stdout } = await run(program, args, { cwd: this.at('image', '.'), env: environment, ...account });
    return stdout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private spawn(step: Step | undefined, env: Readonly<Record<string, string>>): ChildProcess {
    const [command = '', ...args] = step ? commandOf(step) : [];
    const environment = this.environment(this.declared(env));
    const program = join(this.at('image', 'node_modules/.bin'), command);
    return spawn(program, args, { cwd: this.at('image', '.'), env: environment, stdio: 'pipe', ...account });
  }

  /** The ENV lines and what is set besides, with the image's paths turned into those of here. */
  private declared(further: Readonly<Record<string, string>>): Record<string, string> {
    const pairs = this.last.steps.filter(({ keyword }) => keyword === 'ENV').flatMap(({ words }) => words);
    const split = pairs.map((pair) => pair.split('=', 2) as [string, string]);
    const all = [...split, ...Object.entries(further)];
    return Object.fromEntries(all.map(([name, value]) => [name, this.valueHere(name, value)]));
  }

  private valueHere(name: string, value: string): string {
    if (name === 'PATH')
      return value.replace('/confab', this.at('image', '.')).replace('$PATH', process.env.PATH ?? '');
    return value.startsWith('/') ? this.at('image', value) : value;
  }

  private environment(further: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    // npm as it is on the machine, not as it is set up for whoever runs the tests.
    const path = (process.env.PATH ?? '')
      .split(delimiter)
      .filter((each) => !each.startsWith(root))
      .join(delimiter);
    return { PATH: path, HOME: this.home, npm_config_cache: join(this.home, 'npm'), ...further };
  }
}

function ownFolder(path: string): void {
  mkdirSync(path, { recursive: true });
  if (account.uid !== undefined) chownSync(path, account.uid, account.gid);
}

const built = ['apps/web/dist', 'packages/server/dist'];

function copyBuilt(target: string): void {
  for (const folder of built) cpSync(join(root, folder), join(target, folder), { recursive: true });
  if (account.uid !== undefined) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, target]);
}

/** What a build is given: the repository's files but those that `.dockerignore` names. */
function copyContext(target: string): void {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const ignored = ['--exclude-from=.dockerignore'];
  const excluded = new Set(
    execFileSync('git', ['ls-files', '--cached', '--ignored', ...ignored, '-z'], { cwd: root, encoding: 'utf8' }).split(
      '\0',
    ),
  );
  const files = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of files) {
    if (file === '' || excluded.has(file)) continue;
    cpSync(join(root, file), join(target, file), { force: true });
  }
  if (account.uid !== undefined) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, target]);
}
