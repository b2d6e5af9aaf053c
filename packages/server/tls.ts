import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from '@confab/transports/door';
import type { ServerConfig } from './config.ts';
import { ConfigError } from './options.ts';

/** Where TLS gets its certificate from; `read` may be called again, after it was renewed. */
export interface CertificateSource {
  /** One that no browser knows the issuer of: nobody is told to insist on TLS because of it. */
  readonly selfSigned: boolean;
  /** @throws `ConfigError` with a sentence that names the file. */
  read(): Promise<Certificate>;
}

const dayMs = 24 * 60 * 60 * 1_000;
/** A self-signed certificate's life, and how long before its end a new one is made. */
const lifeMs = 365 * dayMs;
const renewMs = 30 * dayMs;

/** What the configuration says of TLS; `undefined`: plain HTTP. @throws `ConfigError` when it contradicts itself. */
export function certificateSource(
  { tlsCertificate, tlsKey, tlsSelfSigned }: Pick<ServerConfig, 'tlsCertificate' | 'tlsKey' | 'tlsSelfSigned'>,
  data: string,
): CertificateSource | undefined {
  if ((tlsCertificate === '') !== (tlsKey === '')) {
    const missing = tlsKey === '' ? 'CONFAB_TLS_KEY' : 'CONFAB_TLS_CERTIFICATE';
    throw new ConfigError(`TLS needs a certificate and its key: ${missing} is not set.`);
  }
  if (tlsCertificate !== '' && tlsSelfSigned) {
    throw new ConfigError('CONFAB_TLS_SELF_SIGNED is true, but CONFAB_TLS_CERTIFICATE is set as well. Choose one.');
  }
  if (tlsSelfSigned) return { selfSigned: true, read: () => selfSignedCertificate(data) };
  if (tlsCertificate === '') return undefined;
  return {
    selfSigned: false,
    read: async () => checked({ cert: await pem(tlsCertificate), key: await pem(tlsKey) }, tlsCertificate),
  };
}

async function pem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`The file ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

function checked(certificate: Certificate, file: string): Certificate {
  try {
    new X509Certificate(certificate.cert);
    return certificate;
  } catch {
    throw new ConfigError(`The file ${file} is not a certificate in PEM form.`);
  }
}

/** Kept in the data folder, so that a browser that was told to trust it once goes on doing so. */
async function selfSignedCertificate(data: string): Promise<Certificate> {
  const files = { cert: join(data, 'self-signed-certificate.pem'), key: join(data, 'self-signed-key.pem') };
  const known = await readBoth(files);
  if (known && Date.parse(new X509Certificate(known.cert).validTo) - Date.now() > renewMs) return known;
  // Loaded only when it is needed: it is not small.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'Confab on this machine' }], {
    notAfterDate: new Date(Date.now() + lifeMs),
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: ownNames() }],
  });
  await mkdir(data, { recursive: true });
  await writeWhole(files.key, made.private, 0o600);
  await writeWhole(files.cert, made.cert, 0o644);
  return { cert: made.cert, key: made.private };
}

async function readBoth({ cert, key }: Certificate): Promise<Certificate | undefined> {
  try {
    return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
  } catch {
    return undefined;
  }
}

async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  await writeFile(`${file}.new`, text, { mode });
  await rename(`${file}.new`, file);
}

/** The names and addresses under which people on this machine and its network reach it. */
function ownNames() {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return [
    ...['localhost', hostname()].map((value) => ({ type: 2 as const, value })),
    ...new Set(['127.0.0.1', '::1', ...addresses.map(({ address }) => address)]),
  ].map((name) => (typeof name === 'string' ? { type: 7 as const, ip: name } : name));
}
