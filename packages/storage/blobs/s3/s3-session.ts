import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Place } from './s3-place.ts';

type Sdk = typeof import('@aws-sdk/client-s3');

/** What is open to a bucket's server, and the words it is spoken to with. */
export interface S3Session {
  readonly sdk: Sdk;
  readonly client: S3Client;
}

const bounds = {
  connectMs: 5_000,
  /** Without a byte in either direction; a server may take its time to put parts together. */
  idleMs: 120_000,
  attempts: 3,
  /** People who read slowly have a connection each. */
  connections: 1_000,
} as const;

/** Failures are told by who asked; the client's own words would go to the console. */
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The client is a megabyte of code: nobody loads it who keeps files in a folder. */
export async function openS3Session({ endpoint, region, key, secret }: S3Place): Promise<S3Session> {
  const sdk = await import('@aws-sdk/client-s3');
  const agent = { keepAlive: true, maxSockets: bounds.connections };
  const config: S3ClientConfig = {
    endpoint,
    region,
    // A name in front of the host would want a certificate for it, and Domain Name System entries.
    forcePathStyle: true,
    credentials: { accessKeyId: key, secretAccessKey: secret },
    maxAttempts: bounds.attempts,
    requestHandler: {
      connectionTimeout: bounds.connectMs,
      socketTimeout: bounds.idleMs,
      httpAgent: agent,
      httpsAgent: agent,
    },
    // Checksums in trailers are Amazon's own: other servers refuse them, or keep them as a part of the content.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: silent,
  };
  return { sdk, client: new sdk.S3Client(config) };
}

function nothing(): void {
  // Said elsewhere.
}
