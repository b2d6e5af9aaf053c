import type { IncomingMessage } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';

const cookieName = 'confab_session';
const tokenForm = /^[A-Za-z0-9_-]{20,128}$/;

/** The session's token of a request: a bearer token, or the cookie that the web app lives on ([H4]). */
export function tokenOf(request: Pick<IncomingMessage, 'headers'>): string | null {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) {
    const [scheme, token] = authorization.split(' ');
    return scheme?.toLowerCase() === 'bearer' ? sound(token) : null;
  }
  return cookie === undefined ? null : sound(parseCookie(cookie)[cookieName]);
}

function sound(token: string | undefined): string | null {
  return token !== undefined && tokenForm.test(token) ? token : null;
}

/** A `Set-Cookie` value that keeps the token out of reach of scripts and of other sites' requests. */
export function sessionCookie(token: string, expiresAt: number, secure: boolean): string {
  return stringifySetCookie({ name: cookieName, value: token, ...attributes(secure), expires: new Date(expiresAt) });
}

export function noSessionCookie(secure: boolean): string {
  return stringifySetCookie({ name: cookieName, value: '', ...attributes(secure), expires: new Date(0) });
}

function attributes(secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax' as const, secure };
}
