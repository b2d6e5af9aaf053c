import type { Report } from '@confab/engine';
import type { Certificate, CertificateSource } from './tls.ts';

/** A server that takes another certificate for the connections to come. */
export interface SecureServer {
  setSecureContext(certificate: Certificate): void;
}

/** How soon a renewed certificate is taken. */
const everyMs = 60 * 60 * 1_000;

/** Reads the certificate anew from time to time; whatever is wrong with it then, the old one stays. */
export function renewCertificate(server: SecureServer, source: CertificateSource, report: Report): { stop(): void } {
  const timer = setInterval(() => {
    source.read().then(
      (certificate) => {
        try {
          server.setSecureContext(certificate);
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
