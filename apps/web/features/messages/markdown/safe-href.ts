const schemes = new Set(['http:', 'https:', 'mailto:']);

/** The address if a person may be led there, otherwise `null`. Only absolute addresses: others would point into the app. */
export function safeHref(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  return schemes.has(url.protocol) ? url.href : null;
}
