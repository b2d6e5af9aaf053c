import { useNavigation } from '../../app/navigation.tsx';
import type { SearchPanel as Place } from '../../app/route.ts';
import { Panel, PanelBody } from '../../app/shell/panel.tsx';
import { t } from '../../language/sentences.ts';
import type { RoomPanelProps } from '../rooms/room-panel.tsx';
import { Chip, SearchView } from './search-view.tsx';

/** Looking for something beside a room: everywhere, or in this room. */
export default function SearchPanel({ room, route, place }: RoomPanelProps & { place: Place }) {
  const { go } = useNavigation();
  // What was looked for before is not gone back to: one comes to the search once.
  const change = (panel: Place) => go({ ...route, panel }, { replace: true });
  return (
    <Panel title={t('Search')} wide onClose={() => go({ ...route, panel: null })}>
      <PanelBody>
        <SearchView
          place={place}
          room={place.here ? room.info.id : null}
          onChange={(state) => change({ ...place, ...state })}
          further={
            <Chip pressed={place.here} onPress={() => change({ ...place, here: !place.here })}>
              {t('Only here')}
            </Chip>
          }
        />
      </PanelBody>
    </Panel>
  );
}
