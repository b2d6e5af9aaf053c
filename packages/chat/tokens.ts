import { hash } from 'node:crypto';

/** Bytes of randomness in a session's or an invitation's token. */
export const tokenBytes = 32;

/** Only this is stored of a token. The token has 256 random bits, so a plain digest cannot be searched backwards. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex');
}

export function tokenFrom(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
