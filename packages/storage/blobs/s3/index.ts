export { LocalFiles } from './local-files.ts';
export { S3Blobs } from './s3-blobs.ts';
export { S3Bucket, type S3Object } from './s3-bucket.ts';
export { asBlobError } from './s3-error.ts';
export { parseS3Url, type S3Place } from './s3-place.ts';
