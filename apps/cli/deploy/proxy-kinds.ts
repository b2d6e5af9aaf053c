import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaddyPorts, checkCaddy, startCaddy } from '@confab/testing/caddy';
import { freePort } from '@confab/testing/free-port';
import { checkHaproxy, startHaproxy } from '@confab/testing/haproxy';
import { checkNginx, startNginx } from '@confab/testing/nginx';
import type { PrivateProxy } from '@confab/testing/private-proxy';
import type { Certificate } from './certificate.ts';

/** A node behind the proxy, on this machine. */
export interface NodePorts {
  readonly port: number;
  readonly mqttPort: number;
}

/** Where the proxy listens. */
export interface FrontPorts {
  readonly https: number;
  readonly http: number;
  readonly mqtts: number;
}

type Places = { readonly nodes: readonly [NodePorts, NodePorts]; readonly front: FrontPorts; certificate: Certificate };

/** A text of the file and what stands there on this machine: addresses, ports and files, nothing else. */
type Replacement = readonly [text: string, here: string];

export interface ProxyKind {
  readonly name: string;
  /** In `deploy/`. */
  readonly file: string;
  /** Whether it passes MQTT over TCP on. */
  readonly takesMqtt: boolean;
  readonly replacements: (places: Places) => readonly Replacement[];
  readonly check: (configuration: string, ports: CaddyPorts) => Promise<string | null>;
  readonly start: (configuration: string, front: FrontPorts) => Promise<PrivateProxy>;
}

const local = (port: number) => `127.0.0.1:${port}`;

export const nginx: ProxyKind = {
  name: 'nginx',
  file: 'nginx.conf',
  takesMqtt: true,
  replacements: ({ nodes: [one, two], front, certificate }) => [
    ['10.0.0.1:3000', local(one.port)],
    ['10.0.0.2:3000', local(two.port)],
    ['10.0.0.1:1883', local(one.mqttPort)],
    ['10.0.0.2:1883', local(two.mqttPort)],
    ['listen 80;', `listen ${front.http};`],
    ['listen [::]:80;', `listen [::]:${front.http};`],
    ['listen 443 ', `listen ${front.https} `],
    ['listen [::]:443 ', `listen [::]:${front.https} `],
    ['listen 8883 ', `listen ${front.mqtts} `],
    ['listen [::]:8883 ', `listen [::]:${front.mqtts} `],
    ['/etc/ssl/chat.pem', certificate.chain],
    ['/etc/ssl/chat.key', certificate.key],
  ],
  check: checkNginx,
  start: (configuration, { https, http, mqtts }) => startNginx(configuration, [https, http, mqtts]),
};

export const haproxy: ProxyKind = {
  name: 'HAProxy',
  file: 'haproxy.cfg',
  takesMqtt: true,
  replacements: ({ nodes: [one, two], front, certificate }) => [
    ['10.0.0.1:3000', local(one.port)],
    ['10.0.0.2:3000', local(two.port)],
    ['10.0.0.1:1883', local(one.mqttPort)],
    ['10.0.0.2:1883', local(two.mqttPort)],
    [':::80 ', `:::${front.http} `],
    [':::443 ', `:::${front.https} `],
    [':::8883 ', `:::${front.mqtts} `],
    ['/etc/ssl/chat.pem', certificate.both],
  ],
  check: checkHaproxy,
  start: (configuration, { https, http, mqtts }) => startHaproxy(configuration, [https, http, mqtts]),
};

export const caddy: ProxyKind = {
  name: 'Caddy',
  file: 'Caddyfile',
  takesMqtt: false,
  replacements: ({ nodes: [one, two], front, certificate }) => [
    ['{$CONFAB_SITE:chat.example.org}', `https://127.0.0.1:${front.https}, https://localhost:${front.https}`],
    ['{$CONFAB_NODES:10.0.0.1:3000 10.0.0.2:3000}', `${local(one.port)} ${local(two.port)}`],
    [
      "# A certificate of one's own instead: tls /etc/ssl/chat.pem /etc/ssl/chat.key",
      `tls ${certificate.chain} ${certificate.key}`,
    ],
  ],
  check: checkCaddy,
  start: (configuration, { https, http }) => startCaddy(configuration, https, { http }),
};

export const proxyKinds: readonly ProxyKind[] = [nginx, haproxy, caddy];

const folder = join(import.meta.dirname, '../../../deploy');

/** The repository's file with the places of this machine. @throws when a text that is replaced is not in it. */
export function configurationOf(kind: ProxyKind, places: Places): string {
  const text = readFileSync(join(folder, kind.file), 'utf8');
  return kind.replacements(places).reduce((configuration, [from, to]) => {
    if (!configuration.includes(from)) throw new Error(`${kind.file} does not hold ${from} any more.`);
    return configuration.replaceAll(from, to);
  }, text);
}

/** A proxy that runs with the repository's configuration. */
export interface OpenProxy {
  readonly url: string;
  /** The same by plain HTTP, where it only says that HTTPS is wanted. */
  readonly plainUrl: string;
  /** MQTT over TLS; 0 where the proxy does not pass it on. */
  readonly mqttPort: number;
  readonly proxy: PrivateProxy;
  /** Takes the same configuration anew, as an operator has it done. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it in front of these nodes; one alone stands in both of the file's places. */
export async function openProxy(
  kind: ProxyKind,
  certificate: Certificate,
  one: NodePorts,
  two: NodePorts = one,
): Promise<OpenProxy> {
  const front = { https: await freePort(), http: await freePort(), mqtts: await freePort() };
  const configuration = configurationOf(kind, { nodes: [one, two], front, certificate });
  const proxy = await kind.start(configuration, front);
  return {
    url: `https://127.0.0.1:${front.https}`,
    plainUrl: `http://127.0.0.1:${front.http}`,
    mqttPort: kind.takesMqtt ? front.mqtts : 0,
    proxy,
    reload: () => proxy.reload(configuration),
    close: () => proxy.remove(),
  };
}
