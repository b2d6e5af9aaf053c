/** A mail as it is handed over. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Hands a mail over; rejects as nodemailer does when it was not taken. */
export type Transport = (mail: OutgoingMail, signal: AbortSignal) => Promise<void>;

/** Shorter than a job has. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as const;

/**
 * Speaks SMTP with the operator's mail server. That is theirs, so it may well stand in an inner network. A password is
 * told over TLS only, whatever the server says.
 */
export function smtpTransport(url: string): Transport {
  const { password, protocol } = new URL(url);
  const requireTLS = password !== '' && protocol === 'smtp:';
  return async (mail, signal) => {
    // Loaded when first used: it is not needed to start.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      url,
      ...timeouts,
      ...(requireTLS ? { requireTLS } : {}),
      // Nothing in a mail has the server read a file or an address of somebody's choice.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({ ...mail, signal });
    } finally {
      transport.close();
    }
  };
}
