import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkProxy, type PrivateProxy, type ProxyProgram, startProxy } from './private-proxy.ts';

const run = promisify(execFile);

const env = (folder: string) => ({ HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder });

/** The ports that Caddy opens beside those of its sites. */
export interface CaddyPorts {
  /** Where it sends plain HTTP on to HTTPS, in place of 80. */
  readonly http: number;
}

const caddy = ({ http }: CaddyPorts): ProxyProgram => ({
  packages: [{ command: 'caddy', package: 'caddy' }],
  // Among the global options. Nothing is put into the machine's list of trusted authorities.
  placed: (configuration, folder) =>
    configuration.replace(
      /^\{$/m,
      `{\n\tadmin unix/${join(folder, 'admin.sock')}\n\thttp_port ${http}\n\tskip_install_trust`,
    ),
  check: (file) => ['caddy', 'validate', '--adapter', 'caddyfile', '--config', file],
  serve: (file) => ['caddy', 'run', '--adapter', 'caddyfile', '--config', file],
  async reload(_child, file, folder) {
    await run('caddy', ['reload', '--adapter', 'caddyfile', '--config', file], {
      env: { ...process.env, ...env(folder) },
    });
  },
  env,
});

/** What `caddy validate` says against a Caddyfile with global options; `null` when it is sound. */
export const checkCaddy = (configuration: string, ports: CaddyPorts): Promise<string | null> =>
  checkProxy(caddy(ports), configuration);

/** Starts Debian's Caddy with a Caddyfile with global options, one of whose sites is on `port`. */
export const startCaddy = (configuration: string, port: number, ports: CaddyPorts): Promise<PrivateProxy> =>
  startProxy(caddy(ports), configuration, [port, ports.http]);
