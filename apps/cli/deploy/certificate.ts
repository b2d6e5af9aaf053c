import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { ensureDebianPackages } from '@confab/testing/debian';

const run = promisify(execFile);

/** Files in PEM form, for this machine's own address. */
export interface Certificate {
  readonly chain: string;
  readonly key: string;
  /** Chain and key in one, as HAProxy wants them. */
  readonly both: string;
  remove(): Promise<void>;
}

/** Makes a certificate that every client in this process trusts from then on. */
export async function trustedCertificate(): Promise<Certificate> {
  await ensureDebianPackages([{ command: 'openssl', package: 'openssl' }]);
  const folder = await mkdtemp(join(tmpdir(), 'confab-certificate-'));
  const [chain, key, both] = ['chain.pem', 'key.pem', 'both.pem'].map((name) => join(folder, name)) as Files;
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '2'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'];
  await run('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', chain]);
  const certificate = await readFile(chain, 'utf8');
  await writeFile(both, certificate + (await readFile(key, 'utf8')), { mode: 0o600 });
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
  return { chain, key, both, remove: () => rm(folder, { recursive: true }) };
}

type Files = [string, string, string];
