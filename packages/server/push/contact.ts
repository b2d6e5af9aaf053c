import type { ServerConfig } from '../config.ts';

/** How push services reach whoever runs the instance, by what is configured. They insist on an address of its form. */
export function pushContact({ publicUrl }: Pick<ServerConfig, 'publicUrl'>): string {
  if (publicUrl.startsWith('https:')) return publicUrl;
  return `mailto:postmaster@${publicUrl === '' ? 'confab.invalid' : new URL(publicUrl).hostname}`;
}
