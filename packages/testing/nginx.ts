import { join } from 'node:path';
import { checkProxy, type PrivateProxy, type ProxyProgram, startProxy } from './private-proxy.ts';

const nginx: ProxyProgram = {
  packages: [
    { command: 'nginx', package: 'nginx' },
    // Has no command of its own; comes with nginx where that is missing.
    { command: 'nginx', package: 'libnginx-mod-stream' },
  ],
  placed: (configuration, folder) =>
    configuration
      .replace(/^pid .*;$/m, `pid ${join(folder, 'nginx.pid')};`)
      .replace(/^error_log \S+/m, 'error_log stderr'),
  check: (file) => ['nginx', '-t', '-q', '-e', 'stderr', '-c', file],
  serve: (file) => ['nginx', '-e', 'stderr', '-c', file, '-g', 'daemon off;'],
  farewell: 'SIGQUIT',
  async reload(child) {
    child.kill('SIGHUP');
  },
};

/** What `nginx -t` says against a whole `nginx.conf`; `null` when it is sound. */
export const checkNginx = (configuration: string): Promise<string | null> => checkProxy(nginx, configuration);

/** Starts Debian's nginx with a whole `nginx.conf`, whose listeners are on these `ports`. */
export const startNginx = (configuration: string, ports: readonly number[]): Promise<PrivateProxy> =>
  startProxy(nginx, configuration, ports);
