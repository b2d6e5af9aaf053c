import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type PrivateProxy, type ProxyProgram, startProxy } from './private-proxy.ts';

/** A virus scanner of one's own, which knows one signature: that of `clamdFinds`. */
export interface PrivateClamd {
  /** `host:port` */
  readonly address: string;
  /** The path of its Unix socket. */
  readonly socket: string;
  /** From then on nobody answers. */
  stop(): Promise<void>;
  /** Answers again after `stop`, at the same addresses. */
  start(): Promise<void>;
  /** Ends it and removes what it wrote. */
  remove(): Promise<void>;
}

/** A text that no other file holds, by which the scanner of a test tells an infected one. */
export const clamdFinds = 'confab test signature: 7c1b3d52-0f6e-4d39-9a54-3a1f6e0b7d11';
/** What it calls that: signatures that are not ClamAV's own get a word more. */
export const clamdSignature = 'Confab.Test.Signature.UNOFFICIAL';

const clamd: ProxyProgram = {
  packages: [{ command: 'clamd', package: 'clamav-daemon' }],
  placed: (configuration) => configuration,
  check: (file) => ['clamd', '-c', file, '--version'],
  serve: (file) => ['clamd', '-c', file],
  reload: () => Promise.reject(new Error('It is started anew instead.')),
};

/**
 * Starts Debian's clamd with no other signatures than its own one, so that none are downloaded.
 * @param mostBytes what it takes of one file at most
 * @throws an `Error` that says what to install, or what it said.
 */
export async function startClamd(mostBytes = 25 * 1024 * 1024): Promise<PrivateClamd> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-clamd-'));
  const [signatures, socket, port] = [join(folder, 'signatures'), join(folder, 'socket'), await freePort()];
  mkdirSync(signatures);
  writeFileSync(join(signatures, 'test.ndb'), `Confab.Test.Signature:0:*:${Buffer.from(clamdFinds).toString('hex')}\n`);
  const configuration = [
    'Foreground yes',
    `DatabaseDirectory ${signatures}`,
    `TemporaryDirectory ${folder}`,
    `LocalSocket ${socket}`,
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    `StreamMaxLength ${mostBytes}`,
    '',
  ].join('\n');
  let server: PrivateProxy | undefined;
  const stop = async (): Promise<void> => {
    await server?.remove();
    server = undefined;
  };
  const start = async (): Promise<void> => {
    server ??= await startProxy(clamd, configuration, [port]);
  };
  const remove = async (): Promise<void> => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return { address: `127.0.0.1:${port}`, socket, stop, start, remove };
}
