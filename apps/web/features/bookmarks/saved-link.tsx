import { useConfab, useStore } from '@confab/client/react';
import { Bookmark } from 'lucide-react';
import { PlaceLink } from '../../app/shell/place-link.tsx';

/** The way to what one keeps, with how many reminders are due. */
export function SavedLink() {
  const reminders = useStore(useConfab().reminders.list);
  const due = reminders.filter(({ toldAt }) => toldAt !== null).length;
  return (
    <PlaceLink to={{ page: 'saved' }} icon={<Bookmark size={17} />} count={due} unit="due">
      Saved
    </PlaceLink>
  );
}
