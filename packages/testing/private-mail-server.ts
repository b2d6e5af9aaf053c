import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type ProxyProgram, startProxy } from './private-proxy.ts';

/** A mail server of one's own, which delivers everything to one Maildir. */
export interface PrivateMailServer {
  /** `smtp://` */
  readonly url: string;
  /** What was delivered so far, as it lies there. */
  mails(): string[];
  /** Ends it and removes all that it kept. */
  remove(): Promise<void>;
}

/** Whom Debian's Exim runs as here: it delivers nothing as root. */
const unprivileged = { name: 'nobody', uid: 65_534, gid: 65_534 };

const exim: ProxyProgram = {
  packages: [{ command: 'exim4', package: 'exim4-daemon-light' }],
  placed: (configuration) => configuration,
  check: (file) => ['exim4', '-C', file, '-bV'],
  serve: (file) => ['exim4', '-C', file, '-bdf'],
  reload: () => Promise.reject(new Error('It is started anew instead.')),
};

const configurationOf = (folder: string, port: number, user: string): string => `
primary_hostname = mail.confab.test
keep_environment =
tls_advertise_hosts =
host_lookup =
rfc1413_query_timeout = 0s
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
pid_file_path = ${folder}/pid
spool_directory = ${folder}/spool
log_file_path = ${folder}/%slog
exim_user = ${user}
exim_group = ${user === unprivileged.name ? 'nogroup' : user}
deliver_drop_privilege = true
acl_smtp_rcpt = recipients
begin acl
recipients:
  deny local_parts = refused
  defer local_parts = later
  accept
begin routers
everybody:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = ${folder}/mail
  maildir_format
  user = ${user}
`;

/**
 * Starts Debian's Exim. It refuses mail to `refused@` for good and to `later@` for now.
 * @throws an `Error` that says what to install, or what it said.
 */
export async function startMailServer(): Promise<PrivateMailServer> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-mail-'));
  const own = userInfo();
  const user = own.uid === 0 ? unprivileged.name : own.username;
  for (const each of ['.', 'spool', 'mail']) {
    mkdirSync(join(folder, each), { recursive: true });
    if (own.uid === 0) chownSync(join(folder, each), unprivileged.uid, unprivileged.gid);
  }
  const port = await freePort();
  const server = await startProxy(exim, configurationOf(folder, port, user), [port]);
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: () => {
      const files = readdirSync(join(folder, 'mail'), { withFileTypes: true, recursive: true });
      const delivered = files.filter((file) => file.isFile() && file.parentPath.endsWith('/new'));
      return delivered.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
    },
    async remove() {
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
