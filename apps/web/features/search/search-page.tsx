import { useNavigation } from '../../app/navigation.tsx';
import type { SearchState } from '../../app/route.ts';
import { BackButton } from '../../app/shell/back-button.tsx';
import { t } from '../../language/sentences.ts';
import { Page } from '../../ui/page.tsx';
import { SearchView } from './search-view.tsx';

/** Looking for something from where there is no room to be beside. */
export default function SearchPage({ place }: { place: SearchState }) {
  const { go } = useNavigation();
  return (
    <Page title={t('Search')} before={<BackButton />}>
      <SearchView
        place={place}
        room={null}
        onChange={({ search, best }) => go({ page: 'search', search, best }, { replace: true })}
      />
    </Page>
  );
}
