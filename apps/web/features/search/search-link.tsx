import { Search } from 'lucide-react';
import { PlaceLink } from '../../app/shell/place-link.tsx';

/** The way to everything that was said. */
export function SearchLink() {
  return (
    <PlaceLink to={{ page: 'search', search: '', best: false }} icon={<Search size={17} />} count={0} unit="new">
      Search
    </PlaceLink>
  );
}
