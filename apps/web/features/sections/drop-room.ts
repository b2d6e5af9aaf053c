import type { Confab } from '@confab/client';
import type { SectionId } from '@confab/protocol';
import { parseRoute } from '../../app/route.ts';

/** A room's link was dropped on a group of the list. Resolves to whether it was one. */
export async function dropRoom({ rooms, sections }: Confab, address: string, group: string): Promise<boolean> {
  const url = URL.parse(address);
  if (url === null || url.origin !== location.origin) return false;
  const route = parseRoute(url.pathname, '');
  if (route.page !== 'room' || rooms.room(route.room).get() === undefined) return false;
  if (group === 'favourites') await sections.place(route.room, { favourite: true });
  else {
    const section = sections.state.get().sections.find(({ id }) => id === group)?.id ?? null;
    await sections.place(route.room, { section: section as SectionId | null, favourite: false });
  }
  return true;
}
