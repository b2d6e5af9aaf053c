import type { IncomingMessage } from 'node:http';
import type { AllowedOrigins } from '@confab/transports/door';
import type { ServerConfig } from '../config.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Pages that may speak to this server: its own, and those that the configuration names. */
export function allowedOrigins(config: Pick<ServerConfig, 'publicUrl' | 'origins' | 'trustProxy'>): AllowedOrigins {
  const named = new Set([...config.origins, ...(config.publicUrl ? [config.publicUrl] : [])]);
  return {
    allows(origin, request) {
      if (named.has(origin)) return true;
      const host = (config.trustProxy && headerOf(request, 'x-forwarded-host')) || authorityOf(request);
      // The scheme is left out: behind a proxy the server does not know it, and it does not make a page foreign.
      return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
    },
  };
}

/**
 * Whether a request that changes something may come from where it comes from. Browsers name the page that sent it;
 * other programs name none, and nobody can make them send someone else's cookie.
 */
export function mayChangeThings(origins: AllowedOrigins, request: IncomingMessage): boolean {
  if (safeMethods.has(request.method ?? '')) return true;
  const { origin } = request.headers;
  if (origin !== undefined) return origins.allows(origin, request);
  const site = headerOf(request, 'sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** The name that was asked for; HTTP/2 has another word for it. */
function authorityOf(request: IncomingMessage): string | undefined {
  return request.headers.host ?? headerOf(request, ':authority');
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
