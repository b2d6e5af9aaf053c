import { expect, it } from 'vitest';
import { parseS3Url } from './s3-place.ts';

it('an address tells the server, the bucket, the region, and who asks', () => {
  expect(parseS3Url('https://key:se%2Fcr%2Bet@s3.example.org:9000/files?region=eu-1')).toEqual({
    endpoint: 'https://s3.example.org:9000',
    bucket: 'files',
    region: 'eu-1',
    key: 'key',
    secret: 'se/cr+et',
  });
  expect(parseS3Url('http://confab%3Atest:secret@10.0.0.1/files/')).toMatchObject({
    endpoint: 'http://10.0.0.1',
    bucket: 'files',
    region: 'us-east-1',
    key: 'confab:test',
  });
});

it.each([
  'https://s3.example.org/files',
  'https://key@s3.example.org/files',
  'https://key:secret@s3.example.org',
  'https://key:secret@s3.example.org/',
  'https://key:secret@s3.example.org/files/deeper',
  'https://key:secret@s3.example.org/files?regoin=eu-1',
  'https://key:secret@s3.example.org/files?region=eu%201',
  'https://key:secret@s3.example.org/files#1',
  'https://key:%ff@s3.example.org/files',
  'https://key:secret@s3.example.org/..',
  's3://key:secret@s3.example.org/files',
  'files',
])('%s is no address of a bucket', (text) => {
  expect(parseS3Url(text)).toBeUndefined();
});
