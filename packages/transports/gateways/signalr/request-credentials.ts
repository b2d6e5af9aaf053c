import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { DoorParts } from '../../door.ts';

const tokenForm = /^[A-Za-z0-9_-]{20,128}$/;

/** Who a request comes from, and what tells one from another without keeping the token at hand. */
export interface RequestCredentials {
  readonly token: string | null;
  readonly tokenHash: Buffer;
}

/**
 * The `Authorization` header; or `access_token` of the query, where a browser cannot set headers; or the cookie. What a
 * program names itself counts before what a browser adds.
 */
export function credentialsOf(
  parts: Pick<DoorParts, 'credentialsOf'>,
  request: IncomingMessage,
  query: URLSearchParams,
): RequestCredentials {
  const named = query.get('access_token');
  const isNamed = request.headers.authorization === undefined && named !== null;
  const token = isNamed ? sound(named) : parts.credentialsOf(request).token;
  return {
    token,
    tokenHash: createHash('sha256')
      .update(token ?? '')
      .digest(),
  };
}

function sound(token: string): string | null {
  return tokenForm.test(token) ? token : null;
}
