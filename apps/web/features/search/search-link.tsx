import { Search } from 'lucide-react';
import { PlaceLink } from '../../app/shell/place-link.tsx';
import { t } from '../../language/sentences.ts';

/** The way to everything that was said. */
export function SearchLink() {
  return (
    <PlaceLink to={{ page: 'search', search: '', best: false }} icon={<Search size={17} />} count={0} spoken="">
      {t('Search')}
    </PlaceLink>
  );
}
