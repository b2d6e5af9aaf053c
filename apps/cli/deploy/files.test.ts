import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DCLinter } from 'dclint';
import { validate } from 'dockerfile-utils';
import { Deployment, type IDeployment } from 'kubernetes-models/apps/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { commandOf, stagesOf } from './dockerfile.ts';

const root = join(import.meta.dirname, '../../..');
const read = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8');

/** Seconds that a node may take to say goodbye. */
const drainSeconds =
  Number(
    /drainMs: ([\d_]+)/.exec(readFileSync(join(root, 'packages/engine/limits.ts'), 'utf8'))?.[1]?.replace('_', ''),
  ) / 1_000;

test('every option that a file of deploy/ names is one', () => {
  const options = readFileSync(join(root, 'packages/server/options.ts'), 'utf8');
  const ours = ['CONFAB_SITE', 'CONFAB_NODES'];
  const names = ['nginx.conf', 'haproxy.cfg', 'Caddyfile', 'Dockerfile', 'compose.yaml', '.env.example', 'Procfile'];
  for (const name of [...names, 'railway.json', 'render.yaml', 'fly.toml', 'kubernetes.yaml']) {
    for (const [option] of read(name).matchAll(/CONFAB_[A-Z0-9_]+/g)) {
      if (!ours.includes(option)) expect(options, `${option} in ${name}`).toContain(`'${option}'`);
    }
  }
});

describe('Dockerfile', () => {
  const stages = stagesOf(read('Dockerfile'));
  const last = stages.at(-1);

  test('a linter finds nothing', () => {
    expect(validate('FROM node:26-slim\nEXPOSE ninety')).not.toEqual([]);
    expect(validate(read('Dockerfile'))).toEqual([]);
  });

  test('nothing is fetched but base images of a named version and what the lock file names', () => {
    for (const { base } of stages) expect(base).toMatch(/^[a-z]+:\d+(\.\d+)*-slim$/);
    const commands = stages.flatMap(({ steps }) => steps.filter(({ keyword }) => keyword === 'RUN'));
    for (const { text } of commands) expect(text).toMatch(/^(npm ci |npm run |mkdir )/);
    expect(stages.flatMap(({ steps }) => steps.map(({ keyword }) => keyword))).not.toContain('ADD');
  });

  test('it runs as a plain user, as one process that gets the signals, with a volume and a health check', () => {
    const of = (keyword: string) => last?.steps.filter((step) => step.keyword === keyword) ?? [];
    expect(of('USER').map(({ text }) => text)).toEqual(['node']);
    expect(of('VOLUME').map(({ text }) => text)).toEqual(['/data']);
    expect(of('CMD').map(commandOf)).toEqual([['node', 'packages/server/start.js']]);
    expect(of('HEALTHCHECK')).toHaveLength(1);
    expect(of('RUN')).toEqual([]);
  });
});

test('compose.yaml is one, by the schema of the Compose specification and a linter’s rules', () => {
  const off = ['no-unbound-port-interfaces', 'service-keys-order', 'services-alphabetical-order'];
  // Everyone may come; the order of keys is that of reading, as in the other files; a port may be in either quotes.
  const rules = Object.fromEntries(
    [...off, 'require-quotes-in-ports', 'top-level-properties-order'].map((rule) => [rule, 0]),
  );
  const linter = new DCLinter({ rules, quiet: true, debug: false, exclude: [] } as never);
  const messages = linter.lintFiles([join(root, 'deploy/compose.yaml')], false).flatMap((each) => each.messages);
  expect(messages.map(({ rule, line, message }) => `${line} ${rule}: ${message}`)).toEqual([]);
});

test('compose.yaml gives nodes more time than they need, and asks for nothing that .env.example does not name', () => {
  const { services } = parseYaml(read('compose.yaml'), { merge: true });
  for (const name of ['node-1', 'node-2']) {
    const { environment, stop_grace_period } = services[name];
    expect(Number.parseInt(stop_grace_period, 10)).toBeGreaterThan(
      Number(environment.CONFAB_DRAIN_DELAY) + drainSeconds,
    );
  }
  for (const [, name = ''] of read('compose.yaml').matchAll(/\$\{(\w+)/g)) {
    expect(read('.env.example')).toMatch(new RegExp(`^${name}=`, 'm'));
  }
  expect(services.caddy.environment.CONFAB_NODES).toBe('node-1:3000 node-2:3000');
});

test('the nodes of each file have the same files', () => {
  const { services } = parseYaml(read('compose.yaml'), { merge: true });
  for (const name of ['node-1', 'node-2']) expect(services[name].volumes).toContain('files:/data/files');
  // A new volume belongs to whom the folder in the image belongs to.
  expect(read('Dockerfile')).toContain('mkdir -p data/files');
  const deployment: IDeployment | undefined = parseAllDocuments(read('kubernetes.yaml'))[0]?.toJS();
  const names = deployment?.spec?.template.spec?.containers[0]?.env?.map(({ name }) => name);
  expect(names).toContain('CONFAB_S3_URL');
});

test('kubernetes.yaml holds what Kubernetes’ own schemas allow', () => {
  const kinds = { Deployment, Service, PodDisruptionBudget } as const;
  const documents = parseAllDocuments(read('kubernetes.yaml')).map((each) => each.toJS());
  expect(documents.map(({ kind }) => kind)).toEqual(Object.keys(kinds));
  for (const document of documents) {
    const Kind = kinds[document.kind as keyof typeof kinds];
    expect(() => new Kind(document).validate()).not.toThrow();
    expect(() => new Kind({ ...document, spec: 'none' }).validate()).toThrow();
  }
});

test('kubernetes.yaml gives a node more time than it needs, as a plain user, and asks both questions of health', () => {
  const deployment: IDeployment | undefined = parseAllDocuments(read('kubernetes.yaml'))[0]?.toJS();
  const pod = deployment?.spec?.template.spec;
  const [container] = pod?.containers ?? [];
  const delay = container?.env?.find(({ name }) => name === 'CONFAB_DRAIN_DELAY')?.value;
  expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(Number(delay) + drainSeconds);
  expect(pod?.securityContext?.runAsNonRoot).toBe(true);
  expect(container?.readinessProbe?.httpGet?.path).toBe('/health/ready');
  expect(container?.livenessProbe?.httpGet?.path).toBe('/health/live');
  // Long enough to be noticed before the goodbye.
  const probe = container?.readinessProbe;
  expect((probe?.periodSeconds ?? 0) * (probe?.failureThreshold ?? 0)).toBeLessThan(Number(delay));
});

test('the platforms’ files name programs and files that are there, and a way to say goodbye', () => {
  const procfile = /^web: (?:[A-Z_]+=\S+ )*node (\S+)$/m.exec(read('Procfile'))?.[1] ?? '';
  const railway = JSON.parse(read('railway.json'));
  const render = parseYaml(read('render.yaml')).services[0];
  const fly = parseToml(read('fly.toml')) as Record<string, Record<string, string>>;
  const started = /exec node (\S+)'$/.exec(railway.deploy.startCommand)?.[1] ?? '';
  for (const file of [procfile, started, railway.build.dockerfilePath, render.dockerfilePath]) {
    expect(existsSync(join(root, file)), file).toBe(true);
  }
  // Fly looks from the file's own folder.
  expect(existsSync(join(root, 'deploy', fly.build?.dockerfile ?? 'none'))).toBe(true);
  for (const seconds of [
    railway.deploy.drainingSeconds,
    render.maxShutdownDelaySeconds,
    Number.parseInt(String(fly.kill_timeout), 10),
  ]) {
    expect(seconds).toBeGreaterThan(drainSeconds);
  }
  expect([railway.deploy.healthcheckPath, render.healthCheckPath]).toEqual(['/health/ready', '/health/ready']);
});
