/** A bucket, and who may use it. */
export interface S3Place {
  /** The server's origin, without the bucket. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
  readonly secret: string;
}

/** Most servers that are not Amazon's take it for theirs. */
const usualRegion = 'us-east-1';
/** Nothing in a bucket's name means anything else in a URL or in a header. */
const bucketForm = /^[a-z0-9][a-z0-9._-]{1,62}$/i;

/**
 * Reads `https://key:secret@host[:port]/bucket?region=eu-1`; what means something else in a URL stands percent-encoded
 * in the key and the secret. `undefined` when it is no such address.
 */
export function parseS3Url(text: string): S3Place | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bucket = url?.pathname.replace(/^\/|\/$/g, '') ?? '';
  const region = url?.searchParams.get('region') ?? usualRegion;
  if (!url || !/^https?:$/.test(url.protocol) || !bucketForm.test(bucket) || !/^[\w-]+$/.test(region)) return undefined;
  if (url.hash !== '' || [...url.searchParams.keys()].some((name) => name !== 'region')) return undefined;
  const key = decoded(url.username);
  const secret = decoded(url.password);
  if (!key || !secret) return undefined;
  return { endpoint: url.origin, bucket, region, key, secret };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
