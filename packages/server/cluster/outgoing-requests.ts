import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Timers } from '@confab/engine';
import { hasBody } from './has-body.ts';
import type { ClusterLimits } from './limits.ts';
import type { OtherNode } from './node-registry.ts';
import { endToEnd, type PassedHead, sign, signatureHeader } from './signature.ts';

export interface OutgoingParts {
  readonly name: string;
  readonly secret: string;
  readonly timers: Timers;
  readonly limits: ClusterLimits;
  readonly addressOf: (request: IncomingMessage) => string;
}

/** Begins requests to other nodes, signed, over connections that are kept. */
export class OutgoingRequests {
  private readonly parts: OutgoingParts;
  private readonly agent: Agent;
  private number = 0;

  constructor(parts: OutgoingParts) {
    this.parts = parts;
    const { idleConnections, idleMs } = parts.limits;
    this.agent = new Agent({ keepAlive: true, maxFreeSockets: idleConnections, timeout: idleMs });
  }

  /**
   * A client's request as another node is to get it, without its body. Destroyed with an error when the node cannot be
   * connected to in time. @throws what node says of a field that HTTP/1.1 cannot carry.
   */
  begin(node: OtherNode, request: IncomingMessage, kind: 'request' | 'upgrade'): ClientRequest {
    const { limits, timers } = this.parts;
    const head = headOf(request);
    const { hostname, port } = new URL(node.url);
    const outgoing = httpRequest({
      host: hostname.replace(/^\[|\]$/g, ''),
      port,
      method: head.method,
      path: head.url,
      headers: [...head.headers, signatureHeader, this.sign(node, request, head), ...connectionFields(request, kind)],
      setHost: false,
      // An upgraded connection is used for nothing else afterwards.
      agent: kind === 'upgrade' ? false : this.agent,
    });
    outgoing.setNoDelay(true);
    const cancel = timers.after(limits.connectMs, () => {
      if (outgoing.socket?.connecting !== false) outgoing.destroy(new Error('could not be connected to in time'));
    });
    outgoing.once('close', cancel);
    return outgoing;
  }

  close(): void {
    this.agent.destroy();
  }

  private sign(node: OtherNode, request: IncomingMessage, head: PassedHead): string {
    const { name, secret, addressOf } = this.parts;
    this.number += 1;
    const passage = { from: name, to: node.name, beat: node.beat, number: this.number, address: addressOf(request) };
    return sign(secret, passage, head);
  }
}

function headOf(request: IncomingMessage): PassedHead {
  const { method = '', url = '', rawHeaders, httpVersionMajor } = request;
  return { method, url, headers: httpVersionMajor < 2 ? endToEnd(rawHeaders) : fromHttp2(request) };
}

/** HTTP/2 has other names for what stands in the first line, and may send a cookie in pieces. */
function fromHttp2({ headers }: IncomingMessage): string[] {
  const fields: string[] = [];
  const authority = headers[':authority'];
  if (headers.host === undefined && typeof authority === 'string') fields.push('host', authority);
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(':') || value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) fields.push(name, each);
  }
  return endToEnd(fields);
}

/** What is about the connection between the nodes. A body whose length is not told comes in chunks. */
function connectionFields(request: IncomingMessage, kind: 'request' | 'upgrade'): string[] {
  if (kind === 'upgrade') return ['connection', 'Upgrade', 'upgrade', 'websocket'];
  const isChunked = hasBody(request) && request.headers['content-length'] === undefined;
  return ['connection', 'keep-alive', ...(isChunked ? ['transfer-encoding', 'chunked'] : [])];
}
