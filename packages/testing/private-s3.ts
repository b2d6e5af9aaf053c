import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { freePort } from './free-port.ts';
import { type PrivateProxy, type ProxyProgram, startProxy } from './private-proxy.ts';

/** An S3 store of one's own, which keeps everything in a temporary folder. It ends with this process. */
export interface PrivateS3 {
  /** Makes a bucket: `http://key:secret@host:port/bucket?region=`. */
  newBucket(): Promise<string>;
  /** From then on nobody answers. What was stored stays. */
  stop(): Promise<void>;
  /** Answers again after `stop`, on the same port. */
  start(): Promise<void>;
  /** Ends it and removes all that it stored. */
  remove(): Promise<void>;
}

/** Debian's own, which knows Debian's packages. */
const python = '/usr/bin/python3';
const region = 'test-1';
/** Its accounts have a colon in their names: whoever puts one into an address has to encode it. */
const account = { key: 'confab:test', secret: 'a/secret+with:signs' };
const keepers = ['account', 'container', 'object'];
const packages = ['proxy', ...keepers].map((part) => ({
  command: `swift-${part}-server`,
  package: `swift-${part}`,
}));

/** All four in one process, which starts in a quarter of the time that their own programs take. */
const script = `
import os, sys, time
import eventlet, eventlet.wsgi
from swift.common import utils
from swift.common.ring import RingBuilder
from swift.common.wsgi import SwiftHttpProtocol, loadapp

folder, *parts = sys.argv[1:]
os.environ['TZ'] = 'UTC+0'
time.tzset()
utils.eventlet_monkey_patch()
utils.set_swift_dir(folder)
ports = {name: int(port) for name, port in (part.split('=') for part in parts)}
for name in ['account', 'container', 'object']:
    builder = RingBuilder(1, 1, 1)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': ports[name], 'device': 'disk', 'weight': 1})
    builder.rebalance()
    builder.get_ring().save(f'{folder}/{name}.ring.gz')
for name, port in ports.items():
    app = loadapp(f'{folder}/{name}.conf')
    # The names of headers stay as they are: a client of S3 knows ETag and not Etag.
    wire = {'protocol': SwiftHttpProtocol, 'socket_timeout': 60, 'capitalize_response_headers': False}
    eventlet.spawn(eventlet.wsgi.server, eventlet.listen(('127.0.0.1', port)), app, utils.NullLogger(), **wire)
while True:
    eventlet.sleep(3600)
`;

const swift = (folder: string, parts: readonly string[]): ProxyProgram => ({
  packages,
  placed: (configuration) => configuration,
  check: (file) => [python, '-m', 'py_compile', file],
  serve: (file) => [python, file, folder, ...parts],
  reload: () => Promise.reject(new Error('It is started anew instead.')),
});

/** Generous times: a busy machine's store is to be slow, never to answer with less than it has. */
const common = (folder: string): string => `
[DEFAULT]
swift_dir = ${folder}
devices = ${folder}/devices
mount_check = false
fallocate_reserve = 0
container_update_timeout = 30
node_timeout = 30
conn_timeout = 10
user = ${userInfo().username}
log_level = WARNING
`;

const partOf = (name: string): string => `
[pipeline:main]
pipeline = ${name}-server
[app:${name}-server]
use = egg:swift#${name}
container_update_timeout = 30
`;

/** Its cache is nowhere: it has to be named, and one server does well without. */
const proxy = `
[pipeline:main]
pipeline = catch_errors cache listing_formats bulk s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
node_timeout = 30
conn_timeout = 10
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = ${region}
[filter:tempauth]
use = egg:swift#tempauth
user_${account.key.replace(':', '_')} = ${account.secret} .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
`;

/**
 * Starts Debian's OpenStack Swift, which speaks S3.
 * @throws an `Error` that says what to install, or what it said.
 */
export async function startS3(): Promise<PrivateS3> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-s3-'));
  mkdirSync(join(folder, 'devices', 'disk'), { recursive: true });
  writeFileSync(join(folder, 'swift.conf'), '[swift-hash]\nswift_hash_path_prefix = a\nswift_hash_path_suffix = b\n');
  for (const name of keepers) writeFileSync(join(folder, `${name}.conf`), `${common(folder)}${partOf(name)}`);
  writeFileSync(join(folder, 'proxy.conf'), `${common(folder)}${proxy}`);
  const parts: string[] = [];
  for (const name of keepers) parts.push(`${name}=${await freePort()}`);
  const port = await freePort();
  parts.push(`proxy=${port}`);
  let server: PrivateProxy | undefined;
  const stop = async (): Promise<void> => {
    await server?.remove();
    server = undefined;
  };
  const start = async (): Promise<void> => {
    server ??= await startProxy(swift(folder, parts), script, [port]);
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
  return { newBucket: () => newBucket(`http://127.0.0.1:${port}`), stop, start, remove };
}

async function newBucket(endpoint: string): Promise<string> {
  const bucket = `confab-${randomBytes(6).toString('hex')}`;
  const credentials = { accessKeyId: account.key, secretAccessKey: account.secret };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } finally {
    client.destroy();
  }
  const [key, secret] = [encodeURIComponent(account.key), encodeURIComponent(account.secret)];
  return `${endpoint.replace('//', `//${key}:${secret}@`)}/${bucket}?region=${region}`;
}
