export * from './blobs.ts';
export { DiskBlobs } from './disk-blobs.ts';
