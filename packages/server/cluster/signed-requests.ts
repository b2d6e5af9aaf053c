import type { IncomingMessage } from 'node:http';
import type { ClusterLimits } from './limits.ts';
import type { NodeRegistry } from './node-registry.ts';
import { SeenNumbers } from './seen-numbers.ts';
import { endToEnd, signatureHeader, verify } from './signature.ts';

type Reason = 'not signed' | 'wrongly signed' | 'for another node' | 'too old' | 'repeated';

/** What other nodes have passed on to this one: who really asks, and that nobody else can say so, nor say it twice. */
export class SignedRequests {
  private readonly secret: string;
  private readonly registry: Pick<NodeRegistry, 'name' | 'isGood'>;
  private readonly limits: Pick<ClusterLimits, 'disorder' | 'senders'>;
  /** By sender; whoever came longest ago is first. */
  private readonly seen = new Map<string, SeenNumbers>();
  private readonly clients: WeakMap<IncomingMessage, string>;

  /** @param clients is told whose a request is that another node has passed on. */
  constructor(
    secret: string,
    registry: Pick<NodeRegistry, 'name' | 'isGood'>,
    limits: Pick<ClusterLimits, 'disorder' | 'senders'>,
    clients: WeakMap<IncomingMessage, string>,
  ) {
    this.secret = secret;
    this.registry = registry;
    this.limits = limits;
    this.clients = clients;
  }

  /** Why a request is not to be answered. Each is let through once. */
  refuses(request: IncomingMessage): Reason | undefined {
    const value = request.headers[signatureHeader];
    if (typeof value !== 'string') return 'not signed';
    const { method = '', url = '', rawHeaders } = request;
    const passage = verify(this.secret, value, { method, url, headers: endToEnd(rawHeaders) });
    if (passage === undefined) return 'wrongly signed';
    if (passage.to !== this.registry.name) return 'for another node';
    if (!this.registry.isGood(passage.beat)) return 'too old';
    if (!this.numbersOf(passage.from).take(passage.number)) return 'repeated';
    this.clients.set(request, passage.address);
    return undefined;
  }

  private numbersOf(sender: string): SeenNumbers {
    const numbers = this.seen.get(sender) ?? new SeenNumbers(this.limits.disorder);
    this.seen.delete(sender);
    this.seen.set(sender, numbers);
    const [oldest = ''] = this.seen.keys();
    if (this.seen.size > this.limits.senders) this.seen.delete(oldest);
    return numbers;
  }
}
