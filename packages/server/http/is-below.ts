import type { Door } from '@confab/transports/door';

/** Whether an address is a door's own or below it. */
export function isBelow(url: string, door: Pick<Door, 'path'>): boolean {
  const [path = ''] = url.split('?');
  return path === door.path || path.startsWith(`${door.path}/`);
}
