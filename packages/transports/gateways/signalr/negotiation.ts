import { randomBytes } from 'node:crypto';
import { idOnNode } from '../../node-ids.ts';

/** 256 bits each; the id is for others to see, the token is a secret of the client's and names its node. */
export interface ConnectionNames {
  readonly id: string;
  readonly connectionToken: string;
}

export function newConnectionNames(node: string): ConnectionNames {
  const random = (): string => randomBytes(32).toString('base64url');
  return { id: random(), connectionToken: idOnNode(node, random()) };
}

/** What a client asks for when it negotiates. */
export interface NegotiationRequest {
  readonly version: 0 | 1;
  readonly mayResume: boolean;
}

const newestVersion = 1;

/** `undefined`: the version is no number. A higher one is answered with the newest that there is. */
export function readNegotiation(query: URLSearchParams): NegotiationRequest | undefined {
  const text = query.get('negotiateVersion') ?? '0';
  if (!/^\d{1,9}$/.test(text)) return undefined;
  const version = Number(text) >= newestVersion ? 1 : 0;
  return { version, mayResume: query.get('useStatefulReconnect') === 'true' };
}

/** In the order in which a client tries them; Server-Sent Events carry text only. */
const availableTransports = [
  { transport: 'WebSockets', transferFormats: ['Text', 'Binary'] },
  { transport: 'ServerSentEvents', transferFormats: ['Text'] },
  { transport: 'LongPolling', transferFormats: ['Text', 'Binary'] },
];

/** Version 0 knows one name only, which then has to be the secret one. */
export function negotiationAnswer({ id, connectionToken }: ConnectionNames, request: NegotiationRequest): string {
  const { version, mayResume } = request;
  return JSON.stringify({
    negotiateVersion: version,
    connectionId: version === 0 ? connectionToken : id,
    ...(version === 0 ? {} : { connectionToken }),
    ...(mayResume ? { useStatefulReconnect: true } : {}),
    availableTransports,
  });
}
