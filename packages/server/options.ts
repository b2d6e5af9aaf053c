import type { NetConnectOpts } from 'node:net';
import { parseS3Url, type S3Place } from '@confab/storage/blobs/s3';
import { parseClamdAddress } from './files/clamd-address.ts';
import { type AddressRange, parseRange } from './outgoing/public-address.ts';

/**
 * Every option there is: its environment variable, what it may be, and what it means. The help text, the reader and
 * the documentation come from this table.
 */

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface Option<T> {
  readonly env: `CONFAB_${string}`;
  /** What may stand there, for the help text. */
  readonly form: string;
  readonly fallback: T;
  /** The default in words, where the value itself does not say it. */
  readonly fallbackText?: string;
  readonly help: string;
  /** It may hold a password: it is not repeated, not even when it is wrong. */
  readonly isSecret?: true;
  /** Reads a value; answers with what was expected when it is not one. */
  read(text: string): { value: T } | { expected: string };
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const text = (option: Omit<Option<string>, 'read'>): Option<string> => ({ ...option, read: (value) => ({ value }) });

const oneOf = <T extends string>(values: readonly T[], option: Omit<Option<T>, 'read' | 'form'>): Option<T> => ({
  ...option,
  form: values.join(' | '),
  read: (value) =>
    (values as readonly string[]).includes(value)
      ? { value: value as T }
      : { expected: `one of ${values.map((each) => `"${each}"`).join(', ')}` },
});

const integer = (min: number, max: number, option: Omit<Option<number>, 'read' | 'form'>): Option<number> => ({
  ...option,
  form: `${min}–${max}`,
  read: (value) => {
    const number = Number(value);
    const fits = /^\d+$/.test(value) && number >= min && number <= max;
    return fits ? { value: number } : { expected: `a whole number from ${min} to ${max}` };
  },
});

const flag = (option: Omit<Option<boolean>, 'read' | 'form'>): Option<boolean> => ({
  ...option,
  form: 'true | false',
  read: (value) =>
    value === 'true' || value === 'false' ? { value: value === 'true' } : { expected: '"true" or "false"' },
});

const quota = (option: Pick<Option<number | null>, 'env' | 'help'>): Option<number | null> => ({
  ...option,
  form: '1–100,000,000',
  fallback: null,
  fallbackText: 'as much as there is room for',
  read: (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : 0;
    return number >= 1 && number <= 100_000_000
      ? { value: number }
      : { expected: 'a whole number from 1 to 100000000' };
  },
});

/** A URL of one of these schemes that names a host; with `path` also what is meant on it. */
function urlOf(schemes: readonly string[], wantsPath: boolean) {
  return (value: string): { value: string } | { expected: string } => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    // PostgreSQL's tools let a socket's folder stand in the query.
    const namesHost = url !== undefined && (url.hostname !== '' || url.searchParams.has('host'));
    const fits = namesHost && schemes.includes(url.protocol) && (!wantsPath || url.pathname.length > 1);
    const example = `${schemes[0]}//user:password@host:port${wantsPath ? '/database' : ''}`;
    return fits ? { value } : { expected: `an address like ${example}` };
  };
}

/** Whom mails are from: an address, or a name before it in angle brackets. Nothing in it may begin another header. */
const mailFrom =
  /^(?:[^\p{Cc}<>",;:@]{1,80} <([^\s\p{Cc}<>",;:@]+@[^\s\p{Cc}<>",;:@]+)>|[^\s\p{Cc}<>",;:@]+@[^\s\p{Cc}<>",;:@]+)$/u;

/** The origin of an http(s) URL that has nothing behind its host, or `undefined`. */
function originOf(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username) return;
  return url.origin;
}

export const options = {
  port: integer(0, 65_535, {
    env: 'CONFAB_PORT',
    fallback: 3000,
    help: 'The TCP port to listen on; 0 takes any free one.',
  }),
  host: text({
    env: 'CONFAB_HOST',
    form: 'address',
    fallback: '',
    fallbackText: 'all of this machine’s',
    help: 'The address to listen on, for example 127.0.0.1 behind a proxy on this machine.',
  }),
  data: text({ env: 'CONFAB_DATA', form: 'folder', fallback: './data', help: 'Where everything is kept.' }),
  name: text({ env: 'CONFAB_NAME', form: 'text', fallback: 'Confab', help: 'What this instance calls itself.' }),
  publicUrl: {
    env: 'CONFAB_PUBLIC_URL',
    form: 'URL',
    fallback: '',
    fallbackText: 'what the browser asked for',
    help: 'The address that people type, for example https://chat.example.org. With https, cookies are for TLS only.',
    read: (value: string) => {
      const origin = originOf(value);
      return origin ? { value: origin } : { expected: 'an http or https address without a path' };
    },
  } satisfies Option<string>,
  tlsCertificate: text({
    env: 'CONFAB_TLS_CERTIFICATE',
    form: 'file',
    fallback: '',
    fallbackText: 'none: plain HTTP, for a reverse proxy in front',
    help: 'The certificate chain in PEM form. With it the server speaks HTTPS, HTTP/2 and wss; read anew when it changes.',
  }),
  tlsKey: text({
    env: 'CONFAB_TLS_KEY',
    form: 'file',
    fallback: '',
    fallbackText: 'none',
    help: 'The key that belongs to the certificate, in PEM form.',
  }),
  tlsSelfSigned: flag({
    env: 'CONFAB_TLS_SELF_SIGNED',
    fallback: false,
    help: 'Whether to make a certificate of one’s own, for trying things out: browsers warn of it until it is trusted by hand.',
  }),
  signUp: oneOf(['invite', 'open'] as const, {
    env: 'CONFAB_SIGN_UP',
    fallback: 'invite',
    help: 'Whether one needs an invitation to make an account.',
  }),
  origins: {
    env: 'CONFAB_ORIGINS',
    form: 'URLs, separated by commas',
    fallback: [],
    fallbackText: 'none',
    help: 'Other web pages that may speak to this server, for example https://board.example.org.',
    read: (value: string) => {
      const origins = value.split(',').map((each) => originOf(each.trim()));
      const sound = origins.filter((origin) => origin !== undefined);
      return sound.length === origins.length
        ? { value: sound }
        : { expected: 'http or https addresses without a path, separated by commas' };
    },
  } satisfies Option<readonly string[]>,
  previews: flag({
    env: 'CONFAB_PREVIEWS',
    fallback: true,
    help: 'Whether the server asks pages that messages link to for their title and a line or two of what they are about.',
  }),
  outgoingAllow: {
    env: 'CONFAB_OUTGOING_ALLOW',
    form: 'addresses and ranges, separated by commas',
    fallback: [],
    fallbackText: 'none: public addresses alone',
    help: 'Inner addresses that the server may ask nevertheless when somebody links to them, for example 10.1.0.0/16 for the pages of an office.',
    read: (value: string) => {
      const ranges = value.split(',').map((each) => parseRange(each.trim()));
      const sound = ranges.filter((range) => range !== undefined);
      return sound.length === ranges.length
        ? { value: sound }
        : { expected: 'addresses or ranges like 10.1.0.0/16, separated by commas' };
    },
  } satisfies Option<readonly AddressRange[]>,
  smtpUrl: {
    env: 'CONFAB_SMTP_URL',
    form: 'URL',
    fallback: '',
    fallbackText: 'none: no mail is sent',
    help: 'The mail server that takes what is sent to people, for example smtps://confab:password@mail.example.org or smtp://localhost:25. Mail needs CONFAB_PUBLIC_URL too, for the links in it.',
    isSecret: true,
    read: urlOf(['smtp:', 'smtps:'], false),
  } satisfies Option<string>,
  mailFrom: {
    env: 'CONFAB_MAIL_FROM',
    form: 'address, or name <address>',
    fallback: '',
    fallbackText: 'confab@ and the host of CONFAB_PUBLIC_URL',
    help: 'Whom mails are from, for example Confab <confab@example.org>.',
    read: (value: string) =>
      mailFrom.test(value) ? { value } : { expected: 'an address, or a name and an address in angle brackets' },
  } satisfies Option<string>,
  trustProxy: flag({
    env: 'CONFAB_TRUST_PROXY',
    fallback: false,
    help: 'Whether a reverse proxy in front tells the client’s address (X-Forwarded-For and -Proto). Only then are those headers believed.',
  }),
  mqttPort: {
    env: 'CONFAB_MQTT_PORT',
    form: '1–65535',
    fallback: null,
    fallbackText: 'none: MQTT only over WebSocket, at /mqtt',
    help: 'A TCP port for MQTT clients, usually 1883. With a certificate it speaks TLS (usually 8883); without, keep it in a trusted network.',
    read: (value: string) => {
      const port = /^\d+$/.test(value) ? Number(value) : 0;
      return port >= 1 && port <= 65_535 ? { value: port } : { expected: 'a whole number from 1 to 65535' };
    },
  } satisfies Option<number | null> as Option<number | null>,
  databaseUrl: {
    env: 'CONFAB_DATABASE_URL',
    form: 'URL',
    fallback: '',
    fallbackText: 'none: SQLite, in the data folder',
    help: 'The PostgreSQL (15 or newer) that keeps everything, for example postgres://confab:password@db.example.org/confab. Any number of servers may share it.',
    isSecret: true,
    read: urlOf(['postgres:', 'postgresql:'], true),
  } satisfies Option<string>,
  databaseConnections: integer(2, 200, {
    env: 'CONFAB_DATABASE_CONNECTIONS',
    fallback: 12,
    help: 'How many connections to PostgreSQL each server may have, two or three more for its own needs not counted.',
  }),
  redisUrl: {
    env: 'CONFAB_REDIS_URL',
    form: 'URL',
    fallback: '',
    fallbackText: 'none: events go through PostgreSQL, which does for a few servers',
    help: 'The Redis (7 or newer) or Valkey that carries events between servers, for example redis://redis.example.org. Nothing is kept in it.',
    isSecret: true,
    read: urlOf(['redis:', 'rediss:'], false),
  } satisfies Option<string>,
  nodeHost: text({
    env: 'CONFAB_NODE_HOST',
    form: 'address',
    fallback: '',
    fallbackText: 'this machine’s first address in a private network, otherwise 127.0.0.1',
    help: 'Where the other servers of this instance reach this one, on a free port and without TLS: an address of a network that is theirs alone.',
  }),
  drainDelay: integer(0, 600, {
    env: 'CONFAB_DRAIN_DELAY',
    fallback: 0,
    help: 'Seconds between the signal to stop, from which on /health/ready says no, and the goodbye: time for a proxy to notice.',
  }),
  graphiql: flag({
    env: 'CONFAB_GRAPHIQL',
    fallback: false,
    help: 'Whether browsers find a GraphQL explorer at /graphql, and anyone may ask for the schema: for development.',
  }),
  fileMegabytes: integer(0, 1_000_000, {
    env: 'CONFAB_FILE_MEGABYTES',
    fallback: 4_096,
    help: 'How large a file may be, in megabytes (1,048,576 bytes); 0 takes none.',
  }),
  filesPerPerson: quota({
    env: 'CONFAB_FILES_PER_PERSON_MEGABYTES',
    help: 'How much all files of one person may have together, in megabytes.',
  }),
  filesPerSpace: quota({
    env: 'CONFAB_FILES_PER_SPACE_MEGABYTES',
    help: 'How much all files in one space may have together, in megabytes.',
  }),
  fileReserve: integer(0, 1_000_000, {
    env: 'CONFAB_FILE_RESERVE_MEGABYTES',
    fallback: 1_024,
    help: 'How much of the disk files leave free for everything else, in megabytes.',
  }),
  filesRefused: {
    env: 'CONFAB_FILES_REFUSED',
    form: 'media types, separated by commas',
    fallback: [],
    fallbackText: 'none',
    help: 'What is not taken, by what its bytes tell: types, or their first parts, for example video,application/zip.',
    read: (value: string) => {
      const types = value.split(',').map((each) => each.trim().toLowerCase());
      return types.every((type) => /^[a-z]+(\/[a-z0-9.+-]+)?$/.test(type))
        ? { value: types }
        : { expected: 'media types like video or application/zip, separated by commas' };
    },
  } satisfies Option<readonly string[]>,
  s3: {
    env: 'CONFAB_S3_URL',
    form: 'URL',
    fallback: null,
    fallbackText: 'none: files are in the data folder',
    help: 'The bucket of an S3-compatible store that files are kept in, for example https://key:secret@s3.example.org/confab?region=eu-1, with %2F and %2B for the slashes and pluses of a secret. Any number of servers may share it.',
    isSecret: true,
    read: (value: string) => {
      const place = parseS3Url(value);
      return place ? { value: place } : { expected: 'an address like https://key:secret@host:port/bucket?region=eu-1' };
    },
  } satisfies Option<S3Place | null> as Option<S3Place | null>,
  clamd: {
    env: 'CONFAB_CLAMD',
    form: 'host:port, or path',
    fallback: null,
    fallbackText: 'none: files are not looked through for viruses',
    help: 'The ClamAV daemon that looks through files before anybody gets them, for example localhost:3310 or /run/clamav/clamd.ctl. What it cannot look through is not taken.',
    read: (value: string) => {
      const address = parseClamdAddress(value);
      return address
        ? { value: address }
        : { expected: 'a host and a port like localhost:3310, or the path of a socket' };
    },
  } satisfies Option<NetConnectOpts | null> as Option<NetConnectOpts | null>,
  logLevel: oneOf(logLevels, {
    env: 'CONFAB_LOG_LEVEL',
    fallback: 'info' as LogLevel,
    help: 'How much is written to the log (stderr).',
  }),
  metricsToken: text({
    env: 'CONFAB_METRICS_TOKEN',
    form: 'text',
    fallback: '',
    fallbackText: 'none: this machine only',
    help: 'A bearer token with which /metrics may be read from elsewhere.',
  }),
} as const;
