import type { Report } from '@confab/engine';
import type { Certificate } from '@confab/transports/door';
import type { CertificateSource } from './tls.ts';

/** What takes another certificate for the connections to come. */
export interface SecureServer {
  setSecureContext?(certificate: Certificate): void;
}

/** How soon a renewed certificate is taken. */
const everyMs = 60 * 60 * 1_000;

/** Reads the certificate anew from time to time; whatever is wrong with it then, the old one stays. */
export function renewCertificate(
  servers: readonly SecureServer[],
  source: CertificateSource,
  report: Report,
): { stop(): void } {
  const timer = setInterval(() => {
    source.read().then(
      (certificate) => {
        try {
          for (const server of servers) server.setSecureContext?.(certificate);
        } catch (error) {
          report('error', 'the certificate could not be taken', { error });
        }
      },
      (error: unknown) => report('error', 'the certificate could not be read', { error }),
    );
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
