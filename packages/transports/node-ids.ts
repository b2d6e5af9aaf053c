import type { IncomingMessage } from 'node:http';

/**
 * Ids of what lives on one node name it: `<node>.<secret>`. So a request that comes to another node of the cluster can
 * be passed on to where it belongs, and a proxy in front needs to know nothing of it.
 */

/** A node's name: made anew at each start, so that nothing is looked for on a node that has been restarted. */
const nodeForm = /^[a-z0-9]{8}$/;

export function isNodeName(text: string): boolean {
  return nodeForm.test(text);
}

export function idOnNode(node: string, secret: string): string {
  return `${node}.${secret}`;
}

/** The node that an id names, whether there is one or not. */
export function nodeOfId(id: string | null | undefined): string | undefined {
  const [node = '', secret] = id?.split('.', 2) ?? [];
  return secret !== undefined && isNodeName(node) ? node : undefined;
}

/** Where a protocol has the id in its requests. */
interface IdPlaces {
  readonly header?: string;
  readonly query: string;
}

/** Reads the node from a request, by the header where there is one. */
export function nodeNamedIn({ header, query }: IdPlaces): (request: IncomingMessage) => string | undefined {
  return ({ headers, url = '' }) => {
    const said = header === undefined ? undefined : headers[header];
    if (typeof said === 'string') return nodeOfId(said);
    const mark = url.indexOf('?');
    return mark < 0 ? undefined : nodeOfId(new URLSearchParams(url.slice(mark + 1)).get(query));
  };
}
