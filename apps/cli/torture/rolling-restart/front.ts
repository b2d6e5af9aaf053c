import { freePort } from '@confab/testing/free-port';
import type { PrivateProxy } from '@confab/testing/private-proxy';
import type { Certificate } from '../../deploy/certificate.ts';
import { configurationOf, type NodePorts, type ProxyKind } from '../../deploy/proxy-kinds.ts';

/** The repository's configuration, with as many nodes as there are: the file has two. */
export async function openFront(
  kind: ProxyKind,
  certificate: Certificate,
  [one, two, ...further]: readonly NodePorts[],
): Promise<Pick<PrivateProxy, 'remove'> & { readonly url: string }> {
  if (!one || !two) throw new Error('A cluster has at least two nodes.');
  const front = { https: await freePort(), http: await freePort(), mqtts: await freePort() };
  const text = configurationOf(kind, { nodes: [one, two], front, certificate });
  const configuration = further.reduce((grown, node, index) => withNode(grown, two, node, index + 3), text);
  const proxy = await kind.start(configuration, front);
  return { url: `https://127.0.0.1:${front.https}`, remove: () => proxy.remove() };
}

/** Says of one more node all that is said of another. */
function withNode(configuration: string, like: NodePorts, node: NodePorts, number: number): string {
  const both = (line: string, from: number, to: number) =>
    line.includes(`127.0.0.1:${from}`)
      ? [line.replaceAll(`:${from}`, `:${to}`).replaceAll('node-2', `node-${number}`)]
      : [];
  return configuration
    .split('\n')
    .flatMap((line) => [line, ...both(line, like.port, node.port), ...both(line, like.mqttPort, node.mqttPort)])
    .join('\n');
}
