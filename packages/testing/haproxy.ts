import { join } from 'node:path';
import { checkProxy, type PrivateProxy, type ProxyProgram, startProxy } from './private-proxy.ts';

const haproxy: ProxyProgram = {
  packages: [{ command: 'haproxy', package: 'haproxy' }],
  placed: (configuration) => configuration,
  // `-dW`: a warning is an error, so that nothing stands in the file that the program only tolerates.
  check: (file) => ['haproxy', '-c', '-dW', '-f', file],
  // Master and worker, as Debian runs it: only so does it reload without letting go of connections.
  serve: (file, folder) => ['haproxy', '-W', '-dW', '-S', join(folder, 'master.sock'), '-f', file],
  farewell: 'SIGUSR1',
  async reload(child) {
    child.kill('SIGUSR2');
  },
};

/** What `haproxy -c` says against a configuration, warnings among it; `null` when it is sound. */
export const checkHaproxy = (configuration: string): Promise<string | null> => checkProxy(haproxy, configuration);

/** Starts Debian's HAProxy with a configuration, whose listeners are on these `ports`. */
export const startHaproxy = (configuration: string, ports: readonly number[]): Promise<PrivateProxy> =>
  startProxy(haproxy, configuration, ports);
